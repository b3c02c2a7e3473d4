/**
 * Says what is wrong with a JPEG file: walks the segments, skipping the compressed data between them, to the end of the
 * image (ISO/IEC 10918-1, annex B).
 *
 * @returns What follows "got this file, …" in a message; `undefined` if nothing was found.
 */
export function findJpegDamage(file: Uint8Array): string | undefined {
  const [stuffed, end] = [0x00, 0xd9];
  for (let at = 2; at + 1 < file.length; ) {
    const marker = file[at + 1]!;
    const isRestart = marker >= 0xd0 && marker <= 0xd7;
    if (file[at] !== 0xff || marker === 0xff || marker === stuffed || isRestart) {
      at += file[at] === 0xff && marker !== 0xff ? 2 : 1;
      continue;
    }
    if (marker === end) return undefined;
    const length = at + 3 < file.length ? (file[at + 2]! << 8) | file[at + 3]! : 2;
    at += 2 + length;
  }
  return 'which has been cut off';
}
