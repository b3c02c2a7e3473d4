import { quotePath } from '../../common/files/quotePath';
import { createFileList, type FileListPlace } from './createFileList';
import type { Meter } from './createMeter';
import type { ModelFiles } from './ModelFiles';
import { HEAD_BYTES, UnreadableFile } from './ModelFiles';

/** Files that the caller has, as a page gets them from its user. */
export function filesOfBlobs(
  files: ReadonlyMap<string, Blob>,
  place: FileListPlace,
  meter: Meter,
): ModelFiles {
  const list = createFileList([...files.keys()], place);
  const find = (name: string) => {
    const file = files.get(name);
    if (!file) throw new UnreadableFile('it is not among the files');
    return file;
  };
  const readAll = async (blob: Blob) => {
    try {
      return new Uint8Array(await blob.arrayBuffer());
    } catch (cause) {
      // As of a file that has been changed or removed since it was chosen.
      throw new UnreadableFile(cause instanceof Error ? cause.message : String(cause), { cause });
    }
  };
  return {
    ...list,
    sizeOf: async (name) => find(name).size,
    readHead: async (name) => await readAll(find(name).slice(0, HEAD_BYTES)),
    async read(name, isAnnounced) {
      const blob = find(name);
      meter.signal?.throwIfAborted();
      meter.allow(blob.size, quotePath(name));
      if (!isAnnounced) meter.announce(blob.size);
      const bytes = await readAll(blob);
      meter.signal?.throwIfAborted();
      meter.count(bytes.length);
      return bytes;
    },
  };
}
