import { memory } from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { drawDigit } from '../../src/data/drawDigit';
import * as explorer from '../../src/explorer/index';
import { viridis } from '../../src/figure/color/viridis';
import { loadArticleCnn } from '../../src/model/article/loadArticleCnn';
import { attempt, judge, listHostile } from './hostileCalls';
import type { PublicCall } from './PublicCall';
import { image } from './rightOptions';

let calls: Readonly<Record<string, PublicCall>>;

beforeAll(async () => {
  const model = await loadArticleCnn();
  const options = {
    ...image,
    layers: ['conv1'],
    img: drawDigit(3),
    scaling: 'map',
    sort: 'index',
    columns: 8,
    maps: 2,
    classNames: ['zero'],
    colormap: viridis,
    theme: 'auto',
  };
  calls = {
    mountExplorer: {
      run: mountAndUpdate,
      args: { element: document.body, model, options },
      parts: ['options'],
    },
  };
});

/** Mounts the view, waits for what it shows, and takes it down. */
async function mountAndUpdate(...args: Parameters<typeof explorer.mountExplorer>): Promise<void> {
  const view = explorer.mountExplorer(...args);
  try {
    await view.update();
  } finally {
    view.destroy();
  }
}

it('tries every function that is for pages', () => {
  expect(Object.keys(calls)).toEqual(Object.keys(explorer));
});

it.each(Object.keys(explorer))('says what is wrong, and leaves the page as it was: %s', async (name) => {
  const call = calls[name]!;
  expect(await attempt(call, Object.values(call.args))).toBeUndefined();
  const page = () => [document.documentElement.outerHTML, document.adoptedStyleSheets.length];
  const before = page();
  const { numTensors } = memory();
  const faults: string[] = [];
  for (const { what, names, args } of listHostile(call)) {
    const message = await attempt(call, args);
    const fault = judge(message, names);
    if (fault) faults.push(`${what}: ${fault}: ${String(message).slice(0, 200)}`);
    if (memory().numTensors !== numTensors) faults.push(`${what}: leaves tensors`);
  }
  expect(faults).toEqual([]);
  expect(page()).toEqual(before);
});
