import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { useFolder } from '../node/modelFolder';

const SCRIPT = fileURLToPath(new URL('modelBombs.js', import.meta.url));

const folder = useFolder();

/** What a message says besides the path; of a model that TensorFlow.js builds, why it cannot. */
const SAYS: Readonly<Record<string, string>> = {
  units:
    'the layer "end": expected a whole number from 1 to 16777216, the longest that any weight is, as units, got 100000000',
  inputs: 'the layer "end": expected sizes from 1 to 16777216 as batch_input_shape, got 1000000000',
  filters: 'as filters, got 100000000',
  kernel: 'expected whole numbers from 1 to 4096 as kernel_size, got 30000',
  vocabulary: 'as input_dim, got 100000000',
  cells: '"kernel" of [4, 4000000]',
  channels: 'as batch_input_shape, got 1000000000',
  states: 'as batch_input_shape, got 1000000000',
  many: 'the layer "end1" has "kernel" of [100000, 100000]',
  weight: 'expected 4000000000000000000 bytes in "weights.bin"',
  infinite: 'expected Infinity bytes in "weights.bin"',
  dimensions: 'expected 4 bytes in "weights.bin"',
  weights: 'two weights are called "end/kernel"',
  shards: 'which names 500000',
  groups: 'more than 1048576 arrays and objects',
  layers: 'more than 1048576 arrays and objects',
  tenMillionLayers: 'a model.json of at most 67108864 bytes',
  models: 'arrays and objects more than 1024 deep',
  brackets: 'arrays and objects more than 1024 deep',
  numbers: 'more than 1048576 values',
  keys: 'more than 1048576 values',
  graphWeight: 'expected 4000000000000000000 bytes in "weights.bin"',
  reads: 'reads "none", which is none',
  circle: 'which waits for it in a circle',
  large: 'got 100000000000 bytes',
  short: 'expected 32 bytes in "weights.bin"',
  endless: 'which is a device or a pipe',
  piped: 'which is a device or a pipe',
  '/dev/zero': 'which is a device or a pipe',
  '/dev/full': 'which is a device or a pipe',
  pipe: 'which is a device or a pipe',
  crowded: 'and 9990 more in',
};

it.runIf(process.platform === 'linux')(
  'refuses model files that ask for a great deal, in 512 MB and without delay',
  () => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ['--max-old-space-size=256', SCRIPT, folder.path],
      { encoding: 'utf8', timeout: 100_000 },
    );
    expect([status, stderr]).toEqual([0, '']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { megabytes, left } = lines.pop();
    for (const { name, message, seconds } of lines) {
      expect([name, message]).toEqual([name, expect.stringMatching(/^path: expected .*, got /)]);
      expect(message).toContain(SAYS[name]);
      expect(message).toContain(name);
      expect(message.length).toBeLessThanOrEqual(400);
      expect([name, seconds < 3]).toEqual([name, true]);
    }
    expect(lines.map(({ name }) => name)).toEqual(Object.keys(SAYS));
    expect(left).toBe(0);
    expect(megabytes).toBeLessThan(512);
  },
  120_000,
);
