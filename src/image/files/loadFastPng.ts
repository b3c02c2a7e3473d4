import { loadModule } from '../../common/files/loadModule';

/** Loads fast-png, in Node. No bundler for pages follows it there. */
export function loadFastPng(): Promise<typeof import('fast-png')> {
  return loadModule('fast-png');
}
