/** Images as plain numbers: row-major `[batch, height, width, channels]`. */
export interface ImageBatch {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  /** As the network gets them: bytes have become 0..1. */
  readonly data: Float32Array;
}
