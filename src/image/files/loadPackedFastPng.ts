/** Takes the place of `loadFastPng` in CommonJS, whose `require` cannot load fast-png: it has ES modules only. */
export function loadFastPng(): Promise<typeof import('fast-png')> {
  return import('fast-png');
}
