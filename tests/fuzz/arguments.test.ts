import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawDigit } from '../../src/data/drawDigit';
import { computeActivations, createActivationModel, createFigure, loadArticleCnn } from '../../src/index';
import { BOOM, hostileValues } from './hostileValues';
import { ENTRIES, type PublicCall, publicCalls } from './publicCalls';

/** Letters of a message at the most: it has to be read. */
const LONGEST = 400;

/** Milliseconds that no call takes, whatever it is given: a hundred times what the slowest right one does. */
const LONG = 5000;

const NAMES = Object.values(ENTRIES).flatMap((entry) =>
  Object.entries(entry).flatMap(([name, value]) => (typeof value === 'function' ? [name] : [])),
);

let calls: Readonly<Record<string, PublicCall>>;
let folder: string;
const home = process.cwd();

beforeAll(async () => {
  const model = await loadArticleCnn();
  const activationModel = createActivationModel(model, ['conv1']);
  const [activation] = await computeActivations(activationModel, drawDigit(3));
  const figure = createFigure(activation!);
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
  // A path that is accepted leads here.
  process.chdir(folder);
  calls = publicCalls({
    model,
    activationModel,
    activation: activation!,
    figure,
    missing: join(folder, 'none'),
  });
});

afterAll(async () => {
  process.chdir(home);
  await rm(folder, { recursive: true });
});

describe('every function that the package exports', () => {
  it('is tried', () => {
    expect(Object.keys(calls).sort()).toEqual([...new Set(NAMES)].sort());
  });

  it.each([...new Set(NAMES)])('says what is wrong, and leaves nothing behind: %s', async (name) => {
    const call = calls[name]!;
    const faults: string[] = [];
    const right = await attempt(call, Object.values(call.args));
    for (const { what, names, args } of listHostile(call)) {
      const before = memory().numTensors;
      const start = performance.now();
      const message = await attempt(call, args);
      const fault =
        judge(message, names) ?? (performance.now() - start > LONG ? 'takes too long' : undefined);
      if (fault && message !== right) faults.push(`${what}: ${fault}: ${String(message).slice(0, 200)}`);
      const left = memory().numTensors - before;
      if (left !== 0) faults.push(`${what}: leaves ${left} tensors`);
      const written = await readdir(folder);
      if (message !== undefined && written.length > 0) faults.push(`${what}: leaves ${written.join()}`);
      for (const file of written) await rm(join(folder, file), { recursive: true });
    }
    expect(faults).toEqual([]);
  });
});

/** @returns What the error says, if there is one. */
async function attempt({ run }: PublicCall, args: readonly unknown[]): Promise<string | undefined> {
  try {
    const made: unknown = await run(...(args as never[]));
    // A training hands back the model that it made.
    const owner = Object(Object(made).model ?? made);
    const { dispose } = owner as { dispose?: () => void };
    dispose?.call(owner);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : `no error but ${String(error)}`;
  }
}

/** @returns What is wrong with a message. */
function judge(message: string | undefined, names: readonly string[]): string | undefined {
  if (message === undefined || message === BOOM) return undefined;
  if (message.length > LONGEST) return `a message of ${message.length} letters`;
  if (!names.some((name) => message.includes(name))) return `a message without ${names.join(' or ')}`;
  return /^[\w"'$. ,[\]-]+: |^options: /.test(message) ? undefined : 'a raw message';
}

interface HostileCall {
  readonly what: string;
  /** One of them is in the message. */
  readonly names: readonly string[];
  readonly args: readonly unknown[];
}

/** The call with one thing at a time replaced: an argument, a part of one, a part of a part. */
function listHostile({ args, parts = [] }: PublicCall): HostileCall[] {
  const entries = Object.entries(args);
  return entries.flatMap(([key, value], place) => {
    const put = (changed: unknown) => entries.map(([, right], at) => (at === place ? changed : right));
    const names = key.split('|');
    const whole = hostileValues().map(([what, hostile]) => ({
      what: `${key} = ${what}`,
      names,
      args: put(hostile),
    }));
    if (!parts.includes(key)) return whole;
    const inside = replaceParts(value as object, key).map(({ what, path, changed }) => {
      const own = key === 'options' ? path.filter((part) => !/^\d+$/.test(part)) : names;
      return { what, names: own, args: put(changed) };
    });
    return [...whole, ...inside];
  });
}

/** Copies of a value with one thing in it replaced, as deep as it nests. */
function replaceParts(value: object, name: string): { what: string; path: string[]; changed: unknown }[] {
  const isPlain = Array.isArray(value) || Object.getPrototypeOf(value) === Object.prototype;
  if (!isPlain) return [];
  const put = (part: string, changed: unknown) =>
    Array.isArray(value) ? Object.assign([...value], { [part]: changed }) : { ...value, [part]: changed };
  const unknown = Array.isArray(value) || name !== 'options' ? [] : ['layre'];
  return [...Object.keys(value), ...unknown].slice(0, 40).flatMap((part) => {
    const present: unknown = Reflect.get(value, part);
    const here = hostileValues().map(([what, hostile]) => {
      return { what: `${name}.${part} = ${what}`, path: [part], changed: put(part, hostile) };
    });
    const isFirst = !Array.isArray(value) || part === '0';
    if (typeof present !== 'object' || present === null || !isFirst) return isFirst ? here : here.slice(0, 3);
    const deeper = replaceParts(present, `${name}.${part}`).map(({ what, path, changed }) => {
      return { what, path: [part, ...path], changed: put(part, changed) };
    });
    return [...here, ...deeper];
  });
}
