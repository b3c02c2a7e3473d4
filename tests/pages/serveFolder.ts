import { readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { type Site, serveSite } from './serveSite';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Serves the files of a folder as they are, with these headers. */
export async function serveFolder(
  folder: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Site> {
  return await serveSite((path) => {
    const file = join(folder, decodeURIComponent(path));
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
    return { type: TYPES[extname(file)] ?? 'application/octet-stream', body: readFileSync(file), headers };
  });
}
