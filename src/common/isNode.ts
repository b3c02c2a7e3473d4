/** Whether this is Node, or something that offers Node's modules as Deno and Bun do. */
export function isNode(): boolean {
  return typeof process !== 'undefined' && typeof process.versions?.node === 'string';
}
