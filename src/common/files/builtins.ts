/**
 * Loads modules of Node when they are first called for, in a way that bundlers for browsers do not follow: whoever
 * imports this file can be bundled for a page, where it is never called.
 */
export async function loadBuiltins() {
  const [fs, path, os] = await Promise.all([
    load<typeof import('node:fs/promises')>('node:fs/promises'),
    load<typeof import('node:path')>('node:path'),
    load<typeof import('node:os')>('node:os'),
  ]);
  return { fs, path, os };
}

function load<Module>(name: string): Promise<Module> {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name);
}
