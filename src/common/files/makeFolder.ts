import { loadBuiltins } from './builtins';
import { reasonOf } from './reasonOf';

/**
 * Makes a folder, and those that it is in, where they are missing.
 *
 * One by one: `mkdir` of Node 20 with `recursive` never ends where the system says ENOENT of a folder whose parent is
 * there, as it does in `/proc`.
 *
 * @throws Error of the file system (the promise is rejected); folders made before that stay.
 */
export async function makeFolder(folder: string): Promise<void> {
  const { fs, path } = await loadBuiltins();
  const isFolder = (place: string) =>
    fs.stat(place).then(
      (stats) => stats.isDirectory(),
      () => false,
    );
  // Not for EEXIST only: of a folder that is there, the root of a drive and read-only disks say something else.
  const make = (place: string) =>
    fs.mkdir(place).catch(async (error: unknown) => {
      if (!(await isFolder(place))) throw error;
    });
  try {
    await make(folder);
  } catch (error) {
    const parent = path.dirname(folder);
    if (reasonOf(error) !== 'ENOENT' || parent === folder) throw error;
    if (!(await isFolder(parent))) await makeFolder(parent);
    // Once more in any case: another save may have made the parent meanwhile.
    await make(folder);
  }
}
