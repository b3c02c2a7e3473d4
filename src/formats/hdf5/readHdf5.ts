import { isNowhere } from './Cursor';
import { copyValues } from './copyValues';
import { decodeNumbers } from './decodeNumbers';
import type { Hdf5Dataset, Hdf5Group, Hdf5Type } from './Hdf5';
import { Hdf5Source } from './Hdf5Source';
import { readAttributes } from './readAttributes';
import { countValues, readDataspace } from './readDataspace';
import { readDatatype } from './readDatatype';
import { readFilters } from './readFilters';
import { readLayout } from './readLayout';
import { readLinks } from './readLinks';
import { findMessage, MESSAGE, type Message, readMessages } from './readMessages';
import { viewValues } from './viewValues';

/** Groups inside each other that are followed. */
const DEEPEST = 100;

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * Reads what a HDF5 file holds: groups, attributes and arrays, as far as h5py writes them for Keras (format specification,
 * versions 0 to 3 of its superblock). The values of arrays stay in the bytes until they are copied.
 *
 * @param bytes The whole file; they must not change as long as what is returned is used.
 * @throws Error saying what is damaged, cut off, or in a form that is not read.
 */
export function readHdf5(bytes: Uint8Array): Hdf5Group {
  const base = findSignature(bytes);
  const source = new Hdf5Source(bytes, base);
  const root = readTree(source, findRoot(source));
  if (root.kind !== 'group') throw new Error('the HDF5 file is damaged: it begins with an array');
  return root;
}

/** Before the file there may be something else, of 512 bytes or a power of two more. */
function findSignature(bytes: Uint8Array): number {
  for (let base = 0; base < bytes.length; base = base === 0 ? 512 : base * 2) {
    if (SIGNATURE.every((byte, index) => bytes[base + index] === byte)) return base;
  }
  throw new Error('expected a HDF5 file, got one that does not begin like one');
}

/** Reads the superblock (II.A), and returns where the outermost group is. */
function findRoot(source: Hdf5Source): number {
  const block = source.at(0);
  block.skip(SIGNATURE.length);
  const version = block.u8();
  if (version > 3) throw new Error(`the HDF5 file is of version ${version}, which is not known`);
  if (version < 2) block.skip(4);
  const [offsetSize, lengthSize] = [block.u8(), block.u8()];
  if (offsetSize !== 8 || lengthSize !== 8) {
    throw new Error(
      `the HDF5 file has addresses of ${offsetSize} bytes, expected 8; save it again with h5py`,
    );
  }
  if (version > 1) block.skip(1 + 3 * 8);
  else block.skip(1 + 8 + (version === 1 ? 4 : 0) + 4 * 8 + 8);
  return block.u64();
}

/** Reads an object and all that is in it. */
function readTree(source: Hdf5Source, rootAddress: number): Hdf5Group | Hdf5Dataset {
  const known = new Map<number, Hdf5Group | Hdf5Dataset>();
  const open = new Set<number>();
  const read = (address: number): Hdf5Group | Hdf5Dataset => {
    const found = known.get(address);
    if (found) return found;
    if (open.has(address)) throw new Error('the HDF5 file is damaged: a group is inside of itself');
    if (open.size >= DEEPEST)
      throw new Error(`the HDF5 file has more than ${DEEPEST} groups inside each other`);
    open.add(address);
    source.countItems(1);
    const messages = readMessages(source, address);
    const object = findMessage(messages, MESSAGE.dataspace)
      ? readDataset(source, messages)
      : readGroup(source, messages, read);
    open.delete(address);
    known.set(address, object);
    return object;
  };
  return read(rootAddress);
}

function readGroup(
  source: Hdf5Source,
  messages: readonly Message[],
  read: (address: number) => Hdf5Group | Hdf5Dataset,
): Hdf5Group {
  const children = new Map<string, Hdf5Group | Hdf5Dataset>();
  for (const [name, address] of readLinks(source, messages)) {
    if (!isNowhere(address)) children.set(name, read(address));
  }
  return { kind: 'group', attributes: readAttributes(source, messages), children };
}

function readDataset(source: Hdf5Source, messages: readonly Message[]): Hdf5Dataset {
  // Of nothing at all, h5py says that it is an array of none.
  const shape = readDataspace(findMessage(messages, MESSAGE.dataspace)!) ?? [0];
  const typeBody = findMessage(messages, MESSAGE.datatype);
  const type = typeBody && readDatatype(typeBody);
  source.countUnpacked(countValues(shape) * (type?.size ?? 0));
  const copyBytes = (valueSize: number, bytes: Uint8Array) => {
    const layoutBody = findMessage(messages, MESSAGE.layout);
    if (!layoutBody) throw new Error('it has no values');
    const filters = findMessage(messages, MESSAGE.filters);
    copyValues(source, readLayout(layoutBody), filters ? readFilters(filters) : [], shape, valueSize, bytes);
  };
  const copyTo: Hdf5Dataset['copyTo'] = (target, as = type) => {
    if (!as || as.size !== type?.size) throw new Error('it has values of a kind that is not read');
    if (isSame(as, target)) {
      copyBytes(as.size, new Uint8Array(target.buffer, target.byteOffset, target.byteLength));
      return;
    }
    const bytes = new Uint8Array(countValues(shape) * as.size);
    copyBytes(as.size, bytes);
    decodeNumbers(bytes, as, target);
  };
  const view = () => {
    const layout = findMessage(messages, MESSAGE.layout);
    if (!layout || type?.name !== 'float32' || type.isBigEndian === IS_LITTLE_ENDIAN) return undefined;
    return viewValues(source, readLayout(layout), countValues(shape));
  };
  return { kind: 'dataset', attributes: readAttributes(source, messages), shape, type, copyTo, view };
}

const IS_LITTLE_ENDIAN = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** Whether numbers lie in the file as they do in the array. */
function isSame({ name, isBigEndian }: Hdf5Type, target: Float32Array | Int32Array): boolean {
  const own = target instanceof Float32Array ? 'float32' : 'int32';
  return name === own && isBigEndian !== IS_LITTLE_ENDIAN;
}
