import { crc32 } from 'node:zlib';
import { decodeRgba } from '../png/decodeRgba';
import { readChunks } from '../png/readPng';

/** A frame as a viewer shows it. */
interface ShownFrame {
  /** In seconds. */
  readonly duration: number;
  readonly rgba: Uint8Array;
  /** Of the part that is in the file. */
  readonly part: readonly [x: number, y: number, width: number, height: number];
}

/**
 * Plays an animated PNG as ISO/IEC 15948:2024 says: each frame's pixels are decoded as a PNG file of their own, by a decoder
 * that is not ours, and put over the frame before.
 */
export function readApng(file: Uint8Array) {
  const chunks = readChunks(file);
  const bodyOf = (type: string) => chunks.find((chunk) => chunk.type === type)?.body;
  const header = bodyOf('IHDR')!;
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const control = bodyOf('acTL')!;
  const shared = chunks.filter(({ type }) => type === 'PLTE' || type === 'tRNS');
  const frames: ShownFrame[] = [];
  let canvas = new Uint8Array(width * height * 4);
  let expected = 0;
  for (const [index, { type, body }] of chunks.entries()) {
    if (type !== 'fcTL') continue;
    const [sequence, w, h, x, y] = [0, 4, 8, 12, 16].map((at) => body.readUInt32BE(at)) as number[];
    if (sequence !== expected++) throw new Error(`fcTL: expected number ${expected - 1}, got ${sequence}`);
    const next = chunks[index + 1]!;
    const isFirst = next.type === 'IDAT';
    if (!isFirst && next.body.readUInt32BE(0) !== expected++) throw new Error('fdAT: wrong number');
    const size = Buffer.from(header);
    size.writeUInt32BE(w!, 0);
    size.writeUInt32BE(h!, 4);
    const { rgba } = decodeRgba(
      writeChunks([
        ['IHDR', size],
        ...shared.map(({ type, body }) => [type, body] as const),
        ['IDAT', isFirst ? next.body : next.body.subarray(4)],
        ['IEND', Buffer.alloc(0)],
      ]),
    );
    const [dispose, blend] = [body[24], body[25]];
    if (dispose !== 0) throw new Error('fcTL: only frames that stay are read here');
    canvas = canvas.slice();
    for (let row = 0; row < h!; row++) {
      for (let column = 0; column < w!; column++) {
        const from = (row * w! + column) * 4;
        const alpha = rgba[from + 3];
        if (blend === 1 && alpha === 0) continue;
        if (blend === 1 && alpha !== 255)
          throw new Error('a frame that is laid over another must not be half transparent');
        canvas.set(rgba.subarray(from, from + 4), ((y! + row) * width + x! + column) * 4);
      }
    }
    const part = [x!, y!, w!, h!] as const;
    frames.push({ duration: body.readUInt16BE(20) / body.readUInt16BE(22), rgba: canvas, part });
  }
  if (control.readUInt32BE(0) !== frames.length) throw new Error('acTL: wrong number of frames');
  return { width, height, plays: control.readUInt32BE(4), frames, chunks };
}

function writeChunks(chunks: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const parts = chunks.map(([type, body]) => {
    const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(body.length);
    check.writeUInt32BE(crc32(typed));
    return Buffer.concat([length, typed, check]);
  });
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), ...parts]);
}
