import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { IdxFile } from '../../src/data/mnistFiles';
import { createRandom } from '../../src/data/random';

/** A small file that stands for one of MNIST's. */
export interface Fixture {
  readonly file: IdxFile;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

/** Images of 20 × 20 pixels of noise, which gzip cannot make any smaller. */
export function makeImages(name: string, count: number): Fixture {
  const random = createRandom(count);
  const header = [0, 0, 8, 3, 0, 0, count >> 8, count & 255, 0, 0, 0, 20, 0, 0, 0, 20];
  return makeFixture(name, [...header, ...Array.from({ length: count * 400 }, () => random() * 256)]);
}

/** Labels 0, 1, … 9, 0, 1, … */
export function makeLabels(name: string, count: number): Fixture {
  const labels = Array.from({ length: count }, (_, at) => at % 10);
  return makeFixture(name, [0, 0, 8, 1, 0, 0, count >> 8, count & 255, ...labels]);
}

export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function makeFixture(name: string, bytes: readonly number[]): Fixture {
  const plain = Buffer.from(bytes);
  return { file: { name, size: plain.length, sha256: hashOf(plain) }, plain, gzipped: gzipSync(plain) };
}
