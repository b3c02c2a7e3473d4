import { describe, expect, it } from 'vitest';
import type { Hdf5Dataset, Hdf5Group } from '../../../src/formats/hdf5/Hdf5';
import { readHdf5 } from '../../../src/formats/hdf5/readHdf5';
import { randomSource } from '../../training/random';
import { at, datasetAt, groupAt, readFixture, valuesOf } from './readFixture';

/** The same contents as readers of all times, of version 1.8 and of the newest alone have it. */
const FORMS = ['earliest', 'v108', 'latest'];

describe.each(FORMS)('a HDF5 file for readers of %s', (form) => {
  const root = readHdf5(readFixture(form));

  it('has arrays of every type of numbers, in either order of bytes', () => {
    const types = groupAt(root, 'types');
    expect(types.children.size).toBe(15);
    for (const [name, dataset] of types.children) {
      if (name === 'bool' || dataset.kind === 'group') continue;
      expect(dataset.shape, name).toEqual([2, 3]);
      expect(valuesOf(dataset), name).toEqual([1, 2, 3, 4, 5, 100]);
      const whole = new Int32Array(6);
      dataset.copyTo(whole);
      expect([...whole], name).toEqual([1, 2, 3, 4, 5, 100]);
    }
    expect(valuesOf(datasetAt(root, 'types/bool'))).toEqual([1, 0, 1, 0, 1, 1]);
    expect(datasetAt(root, 'types/>u8').type).toEqual({ name: 'uint64', size: 8, isBigEndian: true });
  });

  it('shows floats where they lie, if they are in one piece as they are in memory', () => {
    const bytes = readFixture(form);
    // So that it begins as arrays do.
    const aligned = new Uint8Array(bytes.length + 1);
    aligned.set(bytes);
    const view = (path: string) => datasetAt(readHdf5(aligned.subarray(0, bytes.length)), path).view();
    expect([...view('types/<f4')!]).toEqual([1, 2, 3, 4, 5, 100]);
    expect(view('types/<f4')!.buffer).toBe(aligned.buffer);
    for (const other of ['types/>f4', 'types/<i4', 'types/<f8', 'chunks/gzip', 'chunks/plain', 'nothing']) {
      expect(view(other), other).toBeUndefined();
    }
    aligned.copyWithin(1, 0);
    expect(datasetAt(readHdf5(aligned.subarray(1)), 'types/<f4').view()).toBeUndefined();
  });

  it('has single values, none, and some in the header', () => {
    expect(datasetAt(root, 'scalar').shape).toEqual([]);
    expect(valuesOf(datasetAt(root, 'scalar'))).toEqual([2.5]);
    expect(valuesOf(datasetAt(root, 'empty'))).toEqual([]);
    expect(datasetAt(root, 'nothing').shape).toEqual([0, 3]);
    expect(valuesOf(datasetAt(root, 'nothing'))).toEqual([]);
    expect(valuesOf(datasetAt(root, 'compact'))).toEqual([7, 8, 9]);
  });

  it.each(['plain', 'gzip', 'shuffle', 'fletcher32', 'one'])('has arrays in pieces: %s', (name) => {
    const grid = Array.from({ length: 35 }, (_, index) => 100 * Math.floor(index / 5) + (index % 5));
    expect(valuesOf(datasetAt(root, `chunks/${name}`))).toEqual(grid);
  });

  it('has more pieces than a page of their list', () => {
    expect(valuesOf(datasetAt(root, 'chunks/many'))).toEqual(
      Array.from({ length: 2100 }, (_, index) => index),
    );
  });

  it('has more children and attributes than a header holds', () => {
    const { children, attributes } = groupAt(root, 'many');
    expect([...children.keys()].sort()).toEqual(
      Array.from({ length: 300 }, (_, index) => `child ${index}`).sort(),
    );
    expect(Object.fromEntries(attributes)).toEqual(
      Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`attribute ${index}`, index])),
    );
  });

  it('has attributes that are texts, numbers, and lists of them', () => {
    const { none: _, ...attributes } = Object.fromEntries(groupAt(root, 'attributes').attributes);
    expect(attributes).toEqual({
      text: 'fünf',
      bytes: 'bytes',
      texts: ['one', 'two', 'three'],
      names: ['conv', 'dense_1'],
      numbers: [1.5, -2],
      number: -3,
      long: 'x'.repeat(70000),
    });
  });

  it('has one object where two names are, and follows no links to names or other files', () => {
    expect(at(root, 'same')).toBe(at(root, 'scalar'));
    expect(root.children.has('soft')).toBe(false);
    expect(root.children.has('outside')).toBe(false);
  });

  it('has bytes that the reader knows the type of, and says what it cannot read', () => {
    const values = new Float32Array(2);
    datasetAt(root, 'opaque').copyTo(values, { name: 'bfloat16', size: 2, isBigEndian: false });
    expect([...values]).toEqual([1, -3]);
    expect(() => datasetAt(root, 'compound').copyTo(values)).toThrow(
      'it has values of a kind that is not read',
    );
    expect(() => datasetAt(root, 'opaque').copyTo(values)).toThrow('expected numbers, got "opaque"');
  });
});

/** Copies every array of a file, and returns what was said about those that cannot be. */
function readAll(bytes: Uint8Array): string[] {
  const reasons: string[] = [];
  const read = (object: Hdf5Group | Hdf5Dataset): void => {
    if (object.kind === 'group') for (const child of object.children.values()) read(child);
    else {
      try {
        valuesOf(object);
      } catch (error) {
        reasons.push(messageOf(error));
      }
    }
  };
  try {
    read(readHdf5(bytes));
  } catch (error) {
    reasons.push(messageOf(error));
  }
  return reasons;
}

/** Of an error of ours: what JavaScript itself throws are other classes. */
function messageOf(error: unknown): string {
  expect(Object.getPrototypeOf(error)).toBe(Error.prototype);
  return (error as Error).message;
}

describe('a HDF5 file that is damaged', () => {
  it.each([
    ['circle', 'the HDF5 file is damaged: a group is inside of itself'],
    ['deep', 'the HDF5 file has more than 100 groups inside each other'],
    [
      'huge',
      'the HDF5 file of 463 bytes holds arrays of more than 16777216; save it again without compression',
    ],
    ['long', 'the HDF5 file has an attribute that is too long to be read; save it again with h5py'],
  ])('is refused: %s', (name, message) => {
    expect(readAll(readFixture(name))).toEqual([message]);
  });

  it('says which arrays are not there, and which are packed in another way', () => {
    const root = readHdf5(readFixture('unwritten'));
    const read = (name: string) => () => valuesOf(datasetAt(root, name));
    expect(read('whole')).toThrow('its values were never written');
    expect(read('pieces')).toThrow('expected 4 pieces of its values, got 2');
    expect(read('grows')).toThrow('in a form that is not read; save it again with h5py, without maxshape');
    expect(read('lzf')).toThrow(
      'the HDF5 file is packed by lzf, which is not read; save it again with gzip, or unpacked',
    );
  });

  it.each(FORMS)('says so wherever it is cut off: %s', (form) => {
    const bytes = readFixture(form);
    const random = randomSource(3);
    for (let round = 0; round < 100; round++) {
      const reasons = readAll(bytes.subarray(0, random.whole(0, bytes.length - 1)));
      expect(reasons.length).toBeGreaterThan(0);
    }
  });

  it.each([...FORMS, 'circle', 'unwritten'])(
    'ends in an error of ours or is read, whatever is changed: %s',
    (form) => {
      const bytes = readFixture(form);
      const random = randomSource(5);
      const values = [0, 1, 2, 0x7f, 0x80, 0xff];
      for (let round = 0; round < 150; round++) {
        const changed = bytes.slice();
        for (let count = random.whole(1, 12); count > 0; count--) {
          // What says where everything is stands at the beginning and in between, wherever there are no zeros.
          let place = random.whole(0, bytes.length - 1);
          while (bytes[place] === 0 && place > 0) place--;
          changed[place] = random.pick(values);
        }
        for (const reason of readAll(changed)) expect(reason.length).toBeLessThan(400);
      }
    },
  );
});
