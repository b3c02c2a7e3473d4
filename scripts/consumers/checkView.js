import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { serveFolder } from '../serveFolder.js';
import { compareFigures } from './compareFigures.js';
import { findWarnings } from './findWarnings.js';
import { openPage } from './openPage.js';
import { startServer } from './startServer.js';

const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * Opens an app in each of its modes and compares what it draws with Node.
 *
 * @returns How many times it was opened, and the gzipped size of the scripts of its first page.
 */
export async function checkView(view, app, browser, expected) {
  const plain = ['', ...(view.worker ? ['?worker'] : [])];
  const isolated = view.isolated ? [...plain, ...(view.threads ? ['?threads'] : [])] : [];
  const size = await openModes(view, app, browser, expected, plain, false);
  if (view.isolated) await openModes(view, app, browser, expected, isolated, true);
  return { pages: plain.length + isolated.length, size };
}

async function openModes(view, app, browser, expected, modes, isolated) {
  const server = view.start
    ? await startServer(app, view.start)
    : await serveFolder(join(app, view.serve), isolated ? ISOLATION : {});
  try {
    let size;
    for (const mode of modes) {
      const at = `${view.page ?? '/'}${mode}${isolated ? ' on an isolated page' : ''}`;
      try {
        const threads = mode === '?threads';
        const url = `${server.origin}${view.page ?? '/'}${mode}`;
        const drawn = await openPage(browser, url, { example: view.example, guide: view.guide, threads });
        checkBackend(drawn, { view, mode, isolated });
        compareFigures(drawn, expected, view);
        size ??= await measureScripts(drawn.scripts);
      } catch (error) {
        throw new Error(`${at}: ${error.message}`, { cause: error });
      }
    }
    const warnings = findWarnings(server.output?.() ?? '');
    if (warnings.length > 0) throw new Error(`its server warns:\n${warnings.join('\n')}`);
    return size;
  } finally {
    await server.close();
  }
}

function checkBackend({ backend, threads, isolated }, expected) {
  if (isolated !== expected.isolated) {
    throw new Error(`crossOriginIsolated: expected ${expected.isolated}, got ${isolated}`);
  }
  if (expected.view.example || expected.view.guide) return;
  if (backend !== 'wasm') throw new Error(`backend: expected wasm, got ${backend}`);
  const many = expected.mode === '?threads';
  if (threads !== undefined && threads > 1 !== many) {
    throw new Error(`threads: expected ${many ? 'more than 1' : '1'}, got ${threads}`);
  }
}

/** What a browser loads, were each script served gzipped. */
async function measureScripts(addresses) {
  let size = 0;
  for (const address of addresses) {
    size += gzipSync(new Uint8Array(await (await fetch(address)).arrayBuffer())).length;
  }
  return size;
}
