import { quotePath } from '../../common/files/quotePath';
import { createFileList, type FileListPlace } from './createFileList';
import type { Meter } from './createMeter';
import { HEAD_BYTES, type ModelFiles, UnreadableFile } from './ModelFiles';

/** A file in memory, or one that has yet to be unpacked there. */
export interface FileInMemory {
  readonly size: number;
  /** Whether reading it allocates as many bytes. */
  readonly isPacked: boolean;
  read(): Uint8Array;
}

/** Files whose bytes are in memory: the caller's, or those of an archive. */
export function filesOfBytes(
  files: ReadonlyMap<string, FileInMemory>,
  place: FileListPlace,
  meter: Meter,
): ModelFiles {
  const list = createFileList([...files.keys()], place);
  // What has been unpacked in order to recognise it, until it is read.
  const unpacked = new Map<string, Uint8Array>();
  const find = (name: string) => {
    const file = files.get(name);
    if (!file) throw new UnreadableFile('it is not among the files');
    return file;
  };
  const unpack = (name: string): Uint8Array => {
    const { size, isPacked, read } = find(name);
    if (isPacked) meter.allow(size, quotePath(name));
    try {
      return read();
    } catch (cause) {
      throw new UnreadableFile((cause as Error).message, { cause });
    }
  };
  return {
    ...list,
    sizeOf: async (name) => find(name).size,
    async readHead(name) {
      const bytes = unpacked.get(name) ?? unpack(name);
      if (find(name).isPacked) unpacked.set(name, bytes);
      return bytes.subarray(0, HEAD_BYTES);
    },
    async read(name, isAnnounced) {
      meter.signal?.throwIfAborted();
      const bytes = unpacked.get(name) ?? unpack(name);
      unpacked.delete(name);
      if (!isAnnounced) meter.announce(bytes.length);
      meter.count(bytes.length);
      return bytes;
    },
  };
}
