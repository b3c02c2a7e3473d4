/** Copies that bring tensors into the shape that the other kernels read: padded, in multiples, turned. */

/**
 * Copies images into larger ones, zero around them, and pixels into wider ones, zero behind them.
 *
 * @param source batch × height × width × channels.
 * @param target batch × outHeight × outWidth × outChannels; overwritten.
 */
export function padImages(
  source: usize, target: usize,
  batch: i32, height: i32, width: i32, channels: i32,
  outHeight: i32, outWidth: i32, outChannels: i32, top: i32, left: i32,
): void {
  memory.fill(target, 0, <usize>(batch * outHeight * outWidth) * (<usize>outChannels << 2));
  const pixelBytes = <usize>channels << 2;
  const outPixelBytes = <usize>outChannels << 2;
  const lineBytes = <usize>width * pixelBytes;
  for (let b = 0; b < batch; b++) {
    for (let y = 0; y < height; y++) {
      let to = target + <usize>((b * outHeight + top + y) * outWidth + left) * outPixelBytes;
      if (channels == outChannels) {
        memory.copy(to, source, lineBytes);
        source += lineBytes;
        continue;
      }
      for (let x = 0; x < width; x++) {
        memory.copy(to, source, pixelBytes);
        source += pixelBytes;
        to += outPixelBytes;
      }
    }
  }
}

/** Copies the first `channels` of every `from` values: takes off what {@link padImages} put behind the pixels. */
export function cropChannels(source: usize, target: usize, pixels: i32, from: i32, channels: i32): void {
  const bytes = <usize>channels << 2;
  const step = <usize>from << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    memory.copy(target, source, bytes);
    source += step;
    target += bytes;
  }
}

/**
 * Turns `count` matrices of rows × columns into columns × rows.
 *
 * @param outColumns Length of the new rows, at least `rows`; what is beyond is zero.
 * @param outRows Number of the new rows, at least `columns`; what is beyond is zero.
 */
export function transpose(
  source: usize, target: usize, count: i32, rows: i32, columns: i32, outRows: i32, outColumns: i32,
): void {
  memory.fill(target, 0, <usize>(count * outRows) * (<usize>outColumns << 2));
  for (let matrix = 0; matrix < count; matrix++) {
    for (let row = 0; row < rows; row++) {
      let to = target + (<usize>(matrix * outRows * outColumns + row) << 2);
      for (let column = 0; column < columns; column++) {
        f32.store(to, f32.load(source));
        source += 4;
        to += <usize>outColumns << 2;
      }
    }
  }
}

/** Copies what lies inside padded images: takes off what {@link padImages} put around them. */
export function cropImages(
  source: usize, target: usize,
  batch: i32, height: i32, width: i32, channels: i32,
  outHeight: i32, outWidth: i32, top: i32, left: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const lineBytes = <usize>outWidth * pixelBytes;
  for (let b = 0; b < batch; b++) {
    for (let y = 0; y < outHeight; y++) {
      memory.copy(target, source + <usize>((b * height + top + y) * width + left) * pixelBytes, lineBytes);
      target += lineBytes;
    }
  }
}
