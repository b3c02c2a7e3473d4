/**
 * Gradient of maximum pooling: that of each output goes to the first of its window that is the maximum, as TensorFlow
 * has it, whatever sign the values have.
 *
 * @param dy batch × outHeight × outWidth × channels, and so is y, what the pooling put out.
 * @param x batch × height × width × channels, and so is dx; overwritten.
 */
export function maxPoolGrad(
  dy: usize, x: usize, y: usize, dx: usize,
  batch: i32, height: i32, width: i32, channels: i32, outHeight: i32, outWidth: i32,
  filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32,
  dilationHeight: i32, dilationWidth: i32, padTop: i32, padLeft: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const vectorBytes = pixelBytes & ~15;
  const lineBytes = <usize>width * pixelBytes;
  memory.fill(dx, 0, <usize>(batch * height) * lineBytes);
  for (let b = 0; b < batch; b++) {
    const image = <usize>(b * height) * lineBytes;
    for (let oh = 0; oh < outHeight; oh++) {
      for (let ow = 0; ow < outWidth; ow++) {
        const top = oh * strideHeight - padTop;
        const left = ow * strideWidth - padLeft;
        for (let at: usize = 0; at < vectorBytes; at += 16) {
          const maximum = v128.load(y + at);
          let gradient = v128.load(dy + at);
          for (let fh = 0; fh < filterHeight; fh++) {
            const ih = top + fh * dilationHeight;
            if (<u32>ih >= <u32>height) continue;
            for (let fw = 0; fw < filterWidth; fw++) {
              const iw = left + fw * dilationWidth;
              if (<u32>iw >= <u32>width) continue;
              const offset = image + <usize>ih * lineBytes + <usize>iw * pixelBytes + at;
              const found = f32x4.eq(v128.load(x + offset), maximum);
              v128.store(dx + offset, f32x4.add(v128.load(dx + offset), v128.and(found, gradient)));
              gradient = v128.andnot(gradient, found);
            }
          }
        }
        for (let at = vectorBytes; at < pixelBytes; at += 4) {
          const maximum = f32.load(y + at);
          let isFound = false;
          for (let fh = 0; fh < filterHeight && !isFound; fh++) {
            const ih = top + fh * dilationHeight;
            if (<u32>ih >= <u32>height) continue;
            for (let fw = 0; fw < filterWidth; fw++) {
              const iw = left + fw * dilationWidth;
              if (<u32>iw >= <u32>width) continue;
              const offset = image + <usize>ih * lineBytes + <usize>iw * pixelBytes + at;
              if (f32.load(x + offset) != maximum) continue;
              f32.store(dx + offset, f32.load(dx + offset) + f32.load(dy + at));
              isFound = true;
              break;
            }
          }
        }
        y += pixelBytes;
        dy += pixelBytes;
      }
    }
  }
}
