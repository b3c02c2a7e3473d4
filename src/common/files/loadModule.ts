/**
 * Loads a module of Node, or a package that only Node needs, in a way that bundlers for browsers do not follow: whoever
 * imports this file can be bundled for a page, where it is never called.
 */
export function loadModule<Module>(name: string): Promise<Module> {
  return import(/* webpackIgnore: true */ /* @vite-ignore */ name);
}
