import { readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { serveSite } from './serveSite.js';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Serves the files of a folder as a web host does, `index.html` for a path that ends in a slash, with these headers. */
export async function serveFolder(folder, headers = {}) {
  return await serveSite((path) => {
    const file = join(folder, decodeURIComponent(path.endsWith('/') ? `${path}index.html` : path));
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return undefined;
    return { type: TYPES[extname(file)] ?? 'application/octet-stream', body: readFileSync(file), headers };
  });
}
