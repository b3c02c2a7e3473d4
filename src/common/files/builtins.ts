import { loadModule } from './loadModule';

/** Loads modules of Node when they are first called for; in pages it is never called. */
export async function loadBuiltins() {
  const [fs, path, os] = await Promise.all([
    loadModule<typeof import('node:fs/promises')>('node:fs/promises'),
    loadModule<typeof import('node:path')>('node:path'),
    loadModule<typeof import('node:os')>('node:os'),
  ]);
  return { fs, path, os };
}
