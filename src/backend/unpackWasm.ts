/** A `.wasm` file of @tensorflow/tfjs-backend-wasm as a module of this package holds it. */
export interface EmbeddedWasm {
  /** The version of the package that the file comes from. */
  readonly version: string;
  /** The file, gzipped, in base64. */
  readonly base64: string;
}

/** Unpacks an embedded `.wasm` file. */
export async function unpackWasm({ base64 }: EmbeddedWasm): Promise<Blob> {
  const packed = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Blob([await new Response(unpacked).arrayBuffer()], { type: 'application/wasm' });
}
