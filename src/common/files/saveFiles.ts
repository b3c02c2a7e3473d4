import { describeValue } from '../errors';
import { loadBuiltins } from './builtins';
import { clearOldDrafts } from './clearOldDrafts';
import { makeFolder } from './makeFolder';
import { quotePath } from './quotePath';
import { reasonOf } from './reasonOf';
import { toFilePath } from './toFilePath';

/** Names of files that are being written, or that a process has left which was killed meanwhile. */
const DRAFTS = /^\.layerscope-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;

/**
 * Writes files that belong together: all of them under temporary names first, which are then renamed. So each is there
 * whole or not at all, and one that cannot be written leaves none of the others behind. Folders that are missing are
 * made. What a process has left that was killed while it wrote is removed from the same folders, when it is an hour old.
 *
 * @param files A path, or a `file:` URL, and its content each; text is written as UTF-8.
 * @throws TypeError (the promise is rejected) if a path is no path or a content neither bytes nor text; Error naming the
 * path that cannot be written, its `code` that of the file system. What was written is removed then, and files that were
 * there stay; only where renaming fails half-way do those stay new that have been replaced by then.
 */
export async function saveFiles(
  files: Iterable<readonly [path: string, data: Uint8Array | string]>,
): Promise<void> {
  if (typeof Object(files)[Symbol.iterator] !== 'function') {
    throw new TypeError(`files: expected pairs of a path and its content, got ${describeValue(files)}`);
  }
  const { fs, path } = await loadBuiltins();
  const drafts: { target: string; temporary: string }[] = [];
  const placed: string[] = [];
  try {
    for (const file of files) {
      if (!Array.isArray(file) || file.length !== 2) {
        throw new TypeError(`files: expected pairs [path, data], got one that is ${describeValue(file)}`);
      }
      const [given, data] = file;
      if (typeof given !== 'string' || given === '') {
        throw new TypeError(`path: expected the path of a file, got ${describeValue(given)}`);
      }
      if (typeof data !== 'string' && !ArrayBuffer.isView(data)) {
        throw new TypeError(`data: expected a Uint8Array or a string, got ${describeValue(data)}`);
      }
      const target = await toFilePath('path', given);
      const folder = path.dirname(target);
      // Without the file's own name in it, which may be as long as the file system allows.
      const draft = { target, temporary: path.join(folder, `.layerscope-${crypto.randomUUID()}`) };
      await attempt(target, async () => {
        await makeFolder(folder);
        drafts.push(draft);
        await fs.writeFile(draft.temporary, data, { flag: 'wx' });
      });
    }
    const replaced = new Set<string>();
    for (const { target } of drafts) {
      const stats = await fs.lstat(target).catch(() => undefined);
      // Renaming would say so too, but only once the files before this one are in place.
      if (stats?.isDirectory()) throw cannotWrite(target, 'EISDIR');
      if (stats) replaced.add(target);
    }
    for (const { target, temporary } of drafts) {
      await attempt(target, () => fs.rename(temporary, target));
      if (!replaced.has(target)) placed.push(target);
    }
  } catch (error) {
    for (const file of [...drafts.map(({ temporary }) => temporary), ...placed]) {
      await fs.rm(file, { force: true });
    }
    throw error;
  }
  for (const folder of new Set(drafts.map(({ target }) => path.dirname(target)))) {
    await clearOldDrafts(folder, DRAFTS);
  }
}

/** Runs a step; an error of the file system names the file that was meant rather than the temporary one. */
async function attempt(target: string, step: () => Promise<void>): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    throw cannotWrite(target, reasonOf(error), { cause: error });
  }
}

function cannotWrite(target: string, code: string, options?: ErrorOptions): Error {
  const message = `path: expected a file that can be written, got ${quotePath(target)} (${code})`;
  return Object.assign(new Error(message, options), { code });
}
