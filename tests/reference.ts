import { readFileSync } from 'node:fs';

/** What PyTorch (in double precision) and matplotlib computed for the article's network: see the manifest. */
const folder = new URL('./fixtures/article-cnn/', import.meta.url);

interface ManifestEntry {
  file: string;
  dtype: 'float32' | 'uint8';
  shape: number[];
}

const manifest = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8')) as {
  count: number;
  arrays: Record<string, ManifestEntry>;
};

export const IMAGE_COUNT = manifest.count;

export function referenceShape(name: string): number[] {
  return manifest.arrays[name]!.shape;
}

export function readFloats(name: string): Float32Array {
  return new Float32Array(readBuffer(name));
}

export function readBytes(name: string): Uint8Array {
  return new Uint8Array(readBuffer(name));
}

/** The part of an array that belongs to one image. */
export function ofImage<Values extends Float32Array | Uint8Array>(values: Values, image: number): Values {
  const size = values.length / IMAGE_COUNT;
  return values.slice(image * size, (image + 1) * size) as Values;
}

function readBuffer(name: string): ArrayBuffer {
  const bytes = readFileSync(new URL(manifest.arrays[name]!.file, folder));
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
