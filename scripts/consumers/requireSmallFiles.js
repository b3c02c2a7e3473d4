import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The smallest size of which a bundler warns: webpack's. */
const LIMIT = 244 * 1024;

/** A text of tfjs-core, of tfjs-layers and of tfjs-backend-wasm, which minifiers leave as they are. */
const TFJS = /Reusing existing backend factory|ThresholdedReLU|WASM_HAS_MULTITHREAD_SUPPORT/;

/** Refuses a built file that is too large for a bundler's taste without the help of tfjs. */
export function requireSmallFiles(app) {
  const folders = ['dist', 'split', '.next/static'];
  const files = readdirSync(app, { recursive: true })
    .filter((file) => file.endsWith('.js') && folders.some((folder) => file.startsWith(`${folder}/`)))
    .map((file) => ({ file, content: readFileSync(join(app, file), 'utf8') }));
  if (!files.some(({ content }) => TFJS.test(content)))
    throw new Error('no file of the build has tfjs in it');
  for (const { file, content } of files) {
    const size = Buffer.byteLength(content);
    if (size <= LIMIT || TFJS.test(content)) continue;
    throw new Error(`${file}: expected at most ${LIMIT} bytes in a file without tfjs, got ${size}`);
  }
}
