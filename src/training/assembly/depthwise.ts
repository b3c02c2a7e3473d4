/**
 * Gradients of a depthwise convolution, NHWC. With channels · multiplier outputs a pixel, output c · multiplier + m comes
 * from channel c. Four channels are taken at a time where the multiplier is 1.
 */

/** dw[fh][fw][c][m] = Σ over images and output pixels of x[…][c] · dy[oh][ow][c · multiplier + m]; x is padded. */
export function depthwiseBackpropFilter(
  x: usize, dy: usize, dw: usize,
  batch: i32, height: i32, width: i32, channels: i32, multiplier: i32, outHeight: i32, outWidth: i32,
  filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32,
): void {
  const outputs = channels * multiplier;
  const vectorOutputs = multiplier == 1 ? outputs & ~3 : 0;
  const pixelBytes = <usize>channels << 2;
  const outBytes = <usize>outputs << 2;
  const step = <usize>strideWidth * pixelBytes;
  memory.fill(dw, 0, <usize>(filterHeight * filterWidth) * outBytes);
  for (let b = 0; b < batch; b++) {
    const gradients = dy + <usize>(b * outHeight * outWidth) * outBytes;
    for (let fh = 0; fh < filterHeight; fh++) {
      for (let fw = 0; fw < filterWidth; fw++) {
        const start = x + <usize>((b * height + fh * dilationHeight) * width + fw * dilationWidth) * pixelBytes;
        const target = dw + <usize>(fh * filterWidth + fw) * outBytes;
        let output = 0;
        for (; output < vectorOutputs; output += 4) {
          let sum = f32x4.splat(0);
          let g = gradients + (<usize>output << 2);
          for (let oh = 0; oh < outHeight; oh++) {
            let p = start + <usize>(oh * strideHeight * width) * pixelBytes + (<usize>output << 2);
            let rest = outWidth;
            do {
              sum = f32x4.add(sum, f32x4.mul(v128.load(p), v128.load(g)));
              p += step;
              g += outBytes;
            } while (--rest);
          }
          const q = target + (<usize>output << 2);
          v128.store(q, f32x4.add(v128.load(q), sum));
        }
        for (; output < outputs; output++) {
          let sum: f32 = 0;
          let g = gradients + (<usize>output << 2);
          for (let oh = 0; oh < outHeight; oh++) {
            let p = start + <usize>(oh * strideHeight * width) * pixelBytes + (<usize>(output / multiplier) << 2);
            let rest = outWidth;
            do {
              sum += f32.load(p) * f32.load(g);
              p += step;
              g += outBytes;
            } while (--rest);
          }
          const q = target + (<usize>output << 2);
          f32.store(q, f32.load(q) + sum);
        }
      }
    }
  }
}

/** dx[…][c] += dy[oh][ow][c · multiplier + m] · w[fh][fw][c][m]; dx is padded and overwritten. */
export function depthwiseBackpropInput(
  dy: usize, w: usize, dx: usize,
  batch: i32, height: i32, width: i32, channels: i32, multiplier: i32, outHeight: i32, outWidth: i32,
  filterHeight: i32, filterWidth: i32, strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32,
): void {
  const outputs = channels * multiplier;
  const vectorOutputs = multiplier == 1 ? outputs & ~3 : 0;
  const pixelBytes = <usize>channels << 2;
  const outBytes = <usize>outputs << 2;
  memory.fill(dx, 0, <usize>(batch * height * width) * pixelBytes);
  for (let b = 0; b < batch; b++) {
    for (let oh = 0; oh < outHeight; oh++) {
      for (let ow = 0; ow < outWidth; ow++) {
        let filter = w;
        for (let fh = 0; fh < filterHeight; fh++) {
          for (let fw = 0; fw < filterWidth; fw++) {
            const pixel = dx + <usize>((b * height + oh * strideHeight + fh * dilationHeight) * width + ow * strideWidth + fw * dilationWidth) * pixelBytes;
            let output = 0;
            for (; output < vectorOutputs; output += 4) {
              const at = <usize>output << 2;
              const product = f32x4.mul(v128.load(dy + at), v128.load(filter + at));
              v128.store(pixel + at, f32x4.add(v128.load(pixel + at), product));
            }
            for (; output < outputs; output++) {
              const at = <usize>output << 2;
              const q = pixel + (<usize>(output / multiplier) << 2);
              f32.store(q, f32.load(q) + f32.load(dy + at) * f32.load(filter + at));
            }
            filter += outBytes;
          }
        }
        dy += outBytes;
      }
    }
  }
}
