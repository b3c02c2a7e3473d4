import { readFileSync } from 'node:fs';
import {
  backend_util,
  broadcast_util,
  gather_util,
  scatter_util,
  slice_util,
  util,
} from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { tensorflow } from '../../src/backend/tensorflow';

/** What those files have of the same name: of a tensor buffer, of n-grams, of Math and of the console. */
const OTHERS = new Set(['indexToLoc', 'rightPad', 'log', 'warn']);

const textOf = (file: string) =>
  readFileSync(new URL(`../../dist/${file}.js`, import.meta.url), 'utf8').replace(/\/\*.*?\*\//gs, '');

it('is handed in what the files use that are loaded later, and no more', () => {
  const text = textOf('startBackend') + textOf('installCorrections');
  const spaces: Readonly<Record<string, object>> = {
    backend_util,
    broadcast_util,
    gather_util,
    scatter_util,
    slice_util,
    util,
  };
  const members = Object.entries(tensorflow()).filter(([, member]) => typeof member === 'object');
  expect(members.map(([name]) => name).sort()).toEqual(Object.keys(spaces).sort());
  const handed = members.flatMap(([, member]) => Object.keys(member));
  const there = Object.values(spaces).flatMap((space) => Object.keys(space));
  const used = there.filter((name) => !OTHERS.has(name) && new RegExp(`\\.${name}\\b`).test(text));
  expect([...new Set(handed)].sort()).toEqual([...new Set(used)].sort());
});
