import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivationModel, createFigure, loadArticleCnn } from '../../src/index';
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
  // As small as can be: the calls are some ten thousand.
  const activation = {
    layerName: 'x',
    className: 'Conv2D',
    shape: [1, 3, 2, 2],
    data: Float32Array.from({ length: 12 }, (_, at) => at),
  };
  const figure = createFigure(activation);
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
  // A path that is accepted leads here.
  process.chdir(folder);
  calls = publicCalls({
    model,
    activationModel,
    activation,
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
    await empty();
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
      await empty();
    }
    expect(faults).toEqual([]);
  });
});

async function empty(): Promise<void> {
  for (const file of await readdir(folder)) await rm(join(folder, file), { recursive: true });
}

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
  // An option that there is not is named itself.
  const isNamed = names.some((name) => message.includes(name)) || message.includes(': unknown option; ');
  if (!isNamed) return `a message without ${names.join(' or ')}`;
  return /^[\w"'$. ,()/[\]-]+: /.test(message) ? undefined : 'a raw message';
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
    // Other options may be missing in what takes the place of all.
    const names = key === 'options' ? [key, ...Object.keys(value as object)] : key.split('|');
    const isPath = /path|directory/.test(key);
    const values = isPath ? shortValues() : hostileValues();
    const whole = values.map(([what, hostile]) => ({
      what: `${key} = ${what}`,
      names,
      args: put(hostile),
    }));
    if (!parts.includes(key)) return whole;
    const inside = replaceParts(value as object, key).map(({ what, path, changed }) => {
      const inner = path.filter((part) => !/^\d+$/.test(part));
      const own = key === 'options' ? inner : [...names, ...inner.slice(0, 1)];
      return { what, names: own, args: put(changed) };
    });
    return [...whole, ...inside];
  });
}

/** Without the texts that are long: a path is repeated as it is. */
function shortValues() {
  return hostileValues().filter(([what]) => what !== 'a long text');
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
    const values = /path|directory/.test(`${name} ${part}`) ? shortValues() : hostileValues();
    const here = values.map(([what, hostile]) => {
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
