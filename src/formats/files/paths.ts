/** Leads from a file to one beside it, by `/`: from `a/model.json` by `./b/c.bin` to `a/b/c.bin`. */
export function joinPath(file: string, path: string): string {
  const parts = file.split('/').slice(0, -1);
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}

/** Whether a path leads out of the folder that it begins in, on any system: a model may have been made on another one. */
export function leavesFolder(path: string): boolean {
  const parts = path.replaceAll('\\', '/').split('/');
  if (parts[0] === '' || /^[a-z]:/i.test(path)) return true;
  let depth = 0;
  return parts.some((part) => {
    depth += part === '..' ? -1 : part === '.' || part === '' ? 0 : 1;
    return depth < 0;
  });
}
