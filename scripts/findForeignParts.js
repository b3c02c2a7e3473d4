/** Sections of a WebAssembly binary by their number (WebAssembly core specification, section 5.5.2). */
const FORBIDDEN = {
  4: 'a table',
  5: 'a memory of its own',
  6: 'globals',
  8: 'a start function',
  9: 'elements',
  11: 'data',
  12: 'data',
};

/**
 * Finds what a binary that works in another's memory must not have: data would lie over that of the owner, globals and a
 * start function mean a stack or state, and all that may be imported is the memory.
 *
 * @param {Uint8Array} binary
 * @returns {string[]} in words; empty if there is nothing
 */
export function findForeignParts(binary) {
  const module = new WebAssembly.Module(binary);
  const imports = WebAssembly.Module.imports(module)
    .filter(({ module, name, kind }) => !(module === 'env' && name === 'memory' && kind === 'memory'))
    .map(({ module, name }) => `the import ${module}.${name}`);
  return [...listSections(binary).flatMap((id) => FORBIDDEN[id] ?? []), ...imports];
}

function listSections(binary) {
  const sections = [];
  for (let at = 8; at < binary.length; ) {
    sections.push(binary[at++]);
    let size = 0;
    let shift = 0;
    for (let more = true; more; shift += 7) {
      size |= (binary[at] & 0x7f) << shift;
      more = binary[at++] >= 0x80;
    }
    at += size;
  }
  return sections;
}
