import { expect, it } from 'vitest';
import { runNode } from './runScript';

it('importing or requiring any entry changes nothing in the app', () => {
  const { stdout, stderr } = runNode([
    'tests/consumers/package/importAll.mjs',
    '@tensorflow/tfjs-core',
    '@tensorflow/tfjs-backend-cpu',
    '@tensorflow/tfjs-layers',
  ]);
  expect(stderr).toBe('');
  expect(stdout).toBe('cpu: unchanged\n');
});
