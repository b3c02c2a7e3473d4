import { loadBuiltins } from './builtins';

/** How old a draft is that nobody writes any more: an hour, in milliseconds. */
const OLD = 60 * 60 * 1000;

/**
 * Removes files of a folder that a process has left there because it was killed while writing them. It only tidies up, so
 * a file that cannot be removed stays.
 *
 * @param pattern Names of drafts. Only files are removed, and only such as nobody has written to for an hour.
 */
export async function clearOldDrafts(folder: string, pattern: RegExp): Promise<void> {
  const { fs, path } = await loadBuiltins();
  const names = await fs.readdir(folder).catch(() => []);
  for (const name of names.filter((name) => pattern.test(name))) {
    const draft = path.join(folder, name);
    const stats = await fs.lstat(draft).catch(() => undefined);
    if (!stats?.isFile() || Date.now() - stats.mtimeMs < OLD) continue;
    await fs.rm(draft, { force: true }).catch(() => undefined);
  }
}
