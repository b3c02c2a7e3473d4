import { crc32, inflateSync } from 'node:zlib';

interface PngChunk {
  readonly type: string;
  readonly body: Buffer;
}

/** Takes a PNG file apart, checking signature, lengths and checksums with Node's own zlib. */
export function readChunks(file: Uint8Array): PngChunk[] {
  const bytes = Buffer.from(file);
  if (bytes.toString('hex', 0, 8) !== '89504e470d0a1a0a') throw new Error('no PNG signature');
  const chunks: PngChunk[] = [];
  for (let at = 8; at < bytes.length; ) {
    const end = at + 8 + bytes.readUInt32BE(at);
    const checksum = crc32(bytes.subarray(at + 4, end));
    if (bytes.readUInt32BE(end) !== checksum) throw new Error(`wrong checksum at ${at}`);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), body: bytes.subarray(at + 8, end) });
    at = end + 4;
  }
  return chunks;
}

/** The body of the only chunk of a type. */
export function chunkOf(file: Uint8Array, type: string): Buffer | undefined {
  const found = readChunks(file).filter((chunk) => chunk.type === type);
  if (found.length > 1) throw new Error(`${found.length} chunks of type ${type}`);
  return found[0]?.body;
}

/** The rows of the picture, filter bytes included. */
export function rowsOf(file: Uint8Array): Buffer {
  return inflateSync(chunkOf(file, 'IDAT')!);
}
