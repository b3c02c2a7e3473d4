import { describeValue } from '../common/errors';
import { readZip, type ZipEntry } from '../common/zip/readZip';
import { unpackEntry } from '../common/zip/unpackEntry';

/** The arrays of a `.npz` file, by names without `.npy`; each is unpacked when it is read. */
export interface NpzEntries {
  has(name: string): boolean;
  /**
   * Unpacks a file and reads it. What the reader says of `file` is said of the entry.
   *
   * @throws RangeError if there is none, it is damaged, or has been read before.
   */
  read<Item>(name: string, reader: (file: Uint8Array) => Item): Item;
  /** Those that nobody has read. */
  listUnread(): string[];
}

/**
 * Opens a `.npz` file.
 *
 * @param maxBytes Bytes at the most of all entries, unpacked.
 * @throws RangeError if it is no ZIP file, a name is there twice, or there are more bytes.
 */
export function openNpz(file: Uint8Array, maxBytes: number): NpzEntries {
  // Of a Buffer, what is cut out of it would be the same memory.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.length);
  const unread = new Map<string, ZipEntry>();
  let size = 0;
  for (const entry of explain(() => readZip(bytes))) {
    // A folder, which programs that pack files put before them.
    if (entry.name.endsWith('/') && entry.size === 0) continue;
    const name = entry.name.replace(/\.npy$/, '');
    if (unread.has(name)) {
      throw new RangeError(`file: expected each name once, got ${describeValue(name)} twice`);
    }
    unread.set(name, entry);
    size += entry.size;
    if (size > maxBytes) {
      throw new RangeError(
        `file: expected at most ${maxBytes} bytes when unpacked, got more; pass maxBytes to read them`,
      );
    }
  }
  const names = new Set(unread.keys());
  return {
    has: (name) => names.has(name),
    listUnread: () => [...unread.keys()],
    read(name, reader) {
      const entry = unread.get(name);
      if (!entry) {
        const got = names.has(name) ? 'it named twice' : 'a file without it';
        throw new RangeError(`file: expected the entry ${describeValue(name)}, got ${got}`);
      }
      unread.delete(name);
      try {
        return reader(explain(() => unpackEntry(entry)));
      } catch (cause) {
        const { message } = cause as Error;
        throw new RangeError(message.replace(/^file:/, `file, entry ${describeValue(name)}:`), { cause });
      }
    },
  };
}

function explain<Value>(unpack: () => Value): Value {
  try {
    return unpack();
  } catch (cause) {
    throw new RangeError(
      `file: expected a .npz file, got one that cannot be unpacked: ${(cause as Error).message}`,
      { cause },
    );
  }
}
