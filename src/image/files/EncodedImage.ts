/** An image file that has been read: its bytes, or a `Blob` or `File` of them. A `Buffer` of Node is a `Uint8Array`. */
export type EncodedImage = Uint8Array | ArrayBuffer | Blob;
