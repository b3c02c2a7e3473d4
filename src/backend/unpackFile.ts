import { decodeBase64 } from '../common/decodeBase64';

/** A file of @tensorflow/tfjs-backend-wasm as a module of this package holds it. */
export interface EmbeddedFile {
  /** The version of the package that the file comes from. */
  readonly version: string;
  /** The file, gzipped, in base64. */
  readonly base64: string;
}

/** Unpacks an embedded file. */
export async function unpackFile({ base64 }: EmbeddedFile): Promise<ArrayBuffer> {
  const packed = decodeBase64(base64);
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  return await new Response(unpacked).arrayBuffer();
}
