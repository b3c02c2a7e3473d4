/**
 * Takes the place of `loadFastPng` in the command, which has all that it needs inside, and in CommonJS, whose `require` cannot
 * load fast-png: it has ES modules only.
 */
export function loadFastPng(): Promise<typeof import('fast-png')> {
  return import('fast-png');
}
