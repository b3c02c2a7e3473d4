import { readFileSync } from 'node:fs';
import type { Hdf5Dataset, Hdf5Group } from '../../../src/formats/hdf5/Hdf5';

/** A file that scripts/fixtures/hdf5Files.py has written. */
export function readFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../../fixtures/hdf5/${name}.h5`, import.meta.url)));
}

/** What lies at a path. */
export function at(root: Hdf5Group, path: string): Hdf5Group | Hdf5Dataset | undefined {
  let object: Hdf5Group | Hdf5Dataset | undefined = root;
  for (const name of path.split('/'))
    object = object?.kind === 'group' ? object.children.get(name) : undefined;
  return object;
}

export function groupAt(root: Hdf5Group, path: string): Hdf5Group {
  const object = at(root, path);
  if (object?.kind !== 'group') throw new Error(`no group ${path}`);
  return object;
}

export function datasetAt(root: Hdf5Group, path: string): Hdf5Dataset {
  const object = at(root, path);
  if (object?.kind !== 'dataset') throw new Error(`no dataset ${path}`);
  return object;
}

/** The values of a dataset as numbers of single precision. */
export function valuesOf(dataset: Hdf5Dataset): number[] {
  const values = new Float32Array(dataset.shape.reduce((product, size) => product * size, 1));
  dataset.copyTo(values);
  return [...values];
}
