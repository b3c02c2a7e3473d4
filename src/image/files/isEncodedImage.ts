import type { EncodedImage } from './EncodedImage';

/** Whether something is bytes, or what stands for them, whatever window it comes from; typed arrays of other numbers are too. */
export function isEncodedImage(img: object): img is EncodedImage {
  const kind = Object.prototype.toString.call(img).slice('[object '.length, -1);
  return ArrayBuffer.isView(img) || ['ArrayBuffer', 'SharedArrayBuffer', 'Blob', 'File'].includes(kind);
}
