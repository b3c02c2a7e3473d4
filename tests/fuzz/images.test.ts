import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runNode } from '../runScript';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'layerscope-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Another seed and more cases, to look further than each run of the tests does. */
const { LAYERSCOPE_FUZZ_SEED: seed = '1', LAYERSCOPE_FUZZ_CASES: cases = '2500' } = process.env;

describe('image files that have been changed', () => {
  it('are read, or refused in an error that names them, and leave no tensor', async () => {
    const last = join(folder, 'last');
    const { status, stdout, stderr } = runNode(['tests/fuzz/mutateImages.js', seed, cases, last]);
    if (status !== 0) throw new Error(`${stderr}\nat ${(await readFile(last)).toString('base64')}`);
    const { counts, faults, left } = JSON.parse(stdout);
    expect(faults).toEqual([]);
    expect(left).toBe(0);
    // Of a mutation that nothing comes through, nothing would be learnt.
    for (const format of ['PNG', 'JPEG', 'GIF', 'WebP', 'BMP', 'AVIF', 'SVG']) {
      for (const outcome of ['read', 'refused'])
        expect(counts[`${format} ${outcome}`] ?? 0).toBeGreaterThan(0);
    }
  }, 120_000);
});
