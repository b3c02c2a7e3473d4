/** Images as plain numbers: row-major `[batch, height, width, channels]`. */
export interface ImageBatch {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly data: Float32Array;
  /**
   * The number that stands for white, and in a channel of alpha for opaque.
   * @defaultValue 1
   */
  readonly white?: number;
}
