import { open, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { quotePath } from '../common/files/quotePath';
import { reasonOf } from '../common/files/reasonOf';
import { toFilePath } from '../common/files/toFilePath';
import type { Meter } from '../formats/files/createMeter';
import { HEAD_BYTES, type ModelFiles, UnreadableFile } from '../formats/files/ModelFiles';

/** Bytes that `readFile` of Node reads at a time, each time by another thread. */
const SMALL = 2 ** 19;
/** Bytes that are read at a time of larger files. */
const STEP = 2 ** 24;

/**
 * The files of a folder, or one file and what lies beside it. Devices and pipes, which may have no end, are not opened.
 *
 * @param argument What the path was called by the caller, for messages.
 * @param place A path, or a `file:` URL.
 */
export async function filesOfPath(argument: string, place: string | URL, meter: Meter): Promise<ModelFiles> {
  const path = await toFilePath(argument, place);
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  const folder = isFolder ? path : dirname(path);
  const names = isFolder ? await listFiles(folder) : [basename(path)];
  // As it was given, where it was.
  const pathOf = (name: string) => (!isFolder && name === names[0] ? path : join(folder, name));
  const fail = (cause: unknown): never => {
    throw new UnreadableFile(reasonOf(cause), { cause });
  };
  const requireFile = async (name: string): Promise<number> => {
    const stats = await stat(pathOf(name)).catch(fail);
    if (stats.isFile()) return stats.size;
    const got = stats.isDirectory() ? 'a folder' : 'a device or a pipe';
    throw new Error(`${argument}: expected a file, got ${quotePath(pathOf(name))}, which is ${got}`);
  };
  return {
    argument,
    place: quotePath(path),
    names,
    isOpen: true,
    locate: (_, relative) => relative.replaceAll('\\', '/'),
    describe: (name) => quotePath(pathOf(name)),
    sizeOf: requireFile,
    async readHead(name) {
      await requireFile(name);
      const file = await open(pathOf(name)).catch(fail);
      try {
        const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
        return buffer.subarray(0, bytesRead);
      } catch (cause) {
        return fail(cause);
      } finally {
        await file.close();
      }
    },
    async read(name, isAnnounced) {
      const size = await requireFile(name);
      const { signal } = meter;
      signal?.throwIfAborted();
      meter.allow(size, quotePath(pathOf(name)));
      if (!isAnnounced) meter.announce(size);
      const reading =
        size > SMALL ? readLarge(pathOf(name), size, signal) : readFile(pathOf(name), { signal });
      const bytes = await reading.catch((cause: unknown) => {
        signal?.throwIfAborted();
        return fail(cause);
      });
      meter.count(bytes.length);
      return bytes;
    },
  };
}

/** Reads a file in few steps. */
async function readLarge(path: string, size: number, signal: AbortSignal | undefined): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const bytes = Buffer.allocUnsafeSlow(size);
    let length = 0;
    for (let read = -1; length < size && read !== 0; length += read) {
      signal?.throwIfAborted();
      read = (await file.read(bytes, length, Math.min(STEP, size - length), length)).bytesRead;
    }
    return new Uint8Array(bytes.buffer, 0, length);
  } finally {
    await file.close();
  }
}

/** The `model.json` where nothing else can be found, so that messages name what is missing. */
async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  return names.length > 0 ? names.filter((name) => !name.startsWith('.')) : ['model.json'];
}
