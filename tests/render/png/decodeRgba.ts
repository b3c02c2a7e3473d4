import { decode } from 'fast-png';

/** The pixels of a PNG file as RGBA, whatever the file has, by a decoder that is not ours. */
export function decodeRgba(file: Uint8Array) {
  const { width, height, data, channels, palette } = decode(file);
  const rgba = new Uint8Array(width * height * 4).fill(255);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const color = palette
      ? palette[data[pixel]!]!
      : Array.from(data.subarray(pixel * channels, (pixel + 1) * channels));
    rgba.set(color as number[], pixel * 4);
  }
  return { size: [width, height], rgba };
}
