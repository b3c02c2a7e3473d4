import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memory } from '@tensorflow/tfjs-core';
import { type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { createActivationModel, createFigure, loadArticleCnn } from '../../src/index';
import { attempt, judge, listHostile } from './hostileCalls';
import { hostileValues, hugeValues } from './hostileValues';
import type { PublicCall } from './PublicCall';
import { ENTRIES, publicCalls } from './publicCalls';

/** Milliseconds that no call takes, whatever it is given: a hundred times what the slowest right one does. */
const LONG = 5000;

/** Those for pages are tried in one. */
const FOR_PAGES = Object.keys(ENTRIES.explorer);

const FUNCTIONS = Object.values(ENTRIES).flatMap((entry) =>
  Object.entries(entry).filter(([, value]) => typeof value === 'function'),
);
const NAMES = [...new Set(FUNCTIONS.map(([name]) => name))].filter((name) => !FOR_PAGES.includes(name));

let calls: Readonly<Record<string, PublicCall>>;
let longCalls: typeof calls;
let folder: string;
const home = process.cwd();

beforeAll(async () => {
  const model = await loadArticleCnn();
  const missing = mkdtempSync(join(tmpdir(), 'layerscope-'));
  folder = mkdtempSync(join(tmpdir(), 'layerscope-'));
  rmSync(missing, { recursive: true });
  // A path that is accepted leads here.
  process.chdir(folder);
  calls = publicCalls({ model, layer: 'conv1', missing, ...describeMaps(model, 'conv1') });
  // As long as a layer's name may be, all through.
  const name = 'n'.repeat(1e4);
  const named = sequential({
    layers: [
      layers.conv2d({ name, filters: 2, kernelSize: 3, strides: 9, inputShape: [28, 28, 1] }),
      layers.flatten({ name: `${name}1` }),
      layers.dense({ name: `${name}2`, units: 10, activation: 'softmax' }),
    ],
  });
  longCalls = publicCalls({
    model: named,
    layer: name,
    missing: join(missing, name),
    ...describeMaps(named, name),
  });
});

afterAll(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true });
});

describe('every function that the package exports', () => {
  it('is tried', () => {
    const entries = Object.keys(manifest.exports).map((path) => path.replace('./', ''));
    expect(Object.keys(ENTRIES).sort()).toEqual(entries.filter((path) => path !== 'package.json').sort());
    expect(Object.keys(calls).sort()).toEqual([...NAMES].sort());
    // One of a name: what is exported by two entries is tried once. That openModel for Node takes paths has tests of its own.
    const distinct = new Set(FUNCTIONS.map(([, value]) => value));
    distinct.delete(ENTRIES.node.openModel);
    expect(distinct.size).toBe(NAMES.length + FOR_PAGES.length);
  });

  it.each(NAMES)('says what is wrong, and leaves nothing behind: %s', async (name) => {
    expect(await findFaults(calls[name]!, hostileValues)).toEqual([]);
  });

  it.each(NAMES)('says so in few words where all names are long: %s', async (name) => {
    expect(await findFaults(longCalls[name]!, fewValues)).toEqual([]);
  });
});

/** One of each kind that messages are made for. */
function fewValues() {
  const kinds = ['a long text', 'an object with a long name', 'a list of long texts', 'a long list'];
  return [['null', null] as const, ...hugeValues().filter(([what]) => kinds.includes(what))];
}

function describeMaps(model: LayersModel, layerName: string) {
  // As small as can be: the calls are some ten thousand.
  const data = Float32Array.from({ length: 12 }, (_, at) => at);
  const activation = { layerName, className: layerName, shape: [1, 3, 2, 2], data };
  const activationModel = createActivationModel(model, [layerName]);
  return { activationModel, activation, figure: createFigure(activation) };
}

async function findFaults(call: PublicCall, values: typeof hostileValues): Promise<string[]> {
  const faults: string[] = [];
  const right = await attempt(call, Object.values(call.args));
  empty();
  for (const { what, names, args } of listHostile(call, values)) {
    const before = memory().numTensors;
    const start = performance.now();
    const message = await attempt(call, args);
    const isSlow = performance.now() - start > LONG;
    const fault = judge(message, names) ?? (isSlow ? 'takes too long' : undefined);
    if (fault && message !== right) faults.push(`${what}: ${fault}: ${String(message).slice(0, 200)}`);
    const left = memory().numTensors - before;
    if (left !== 0) faults.push(`${what}: leaves ${left} tensors`);
    const written = empty();
    if (message !== undefined && written.length > 0) faults.push(`${what}: leaves ${written.join()}`);
  }
  return faults;
}

/** Empties the folder, after each of so many calls that waiting for it would take the most time. */
function empty(): string[] {
  const files = readdirSync(folder);
  for (const file of files) rmSync(join(folder, file), { recursive: true });
  return files;
}
