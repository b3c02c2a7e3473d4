/**
 * Gradients of a 2-D convolution, NHWC, in place in the backend's memory. Sizes are counts of elements; a pointer is the
 * address of float32 values. What the callers prepare: images are padded, and channels that are read four or eight at a
 * time come in such multiples.
 */

/**
 * Gradient of the filter: dw[fh][fw][c][k] = Σ over images and output pixels of x[oh·sH + fh·dH][ow·sW + fw·dW][c] · dy[oh][ow][k].
 *
 * In a row of the image the values that one row of the filter sees are neighbours, so they are taken six at a time, for
 * eight output channels. A few lines of an image are summed by themselves first, which keeps rounding errors small.
 *
 * @param x batch × height × width × channels, padded.
 * @param dy batch × outHeight × outWidth × k, k a multiple of 8.
 * @param dw filterHeight × filterWidth × channels × k; overwritten.
 */
export function conv2dBackpropFilter(
  x: usize, dy: usize, dw: usize,
  batch: i32, height: i32, width: i32, channels: i32,
  outHeight: i32, outWidth: i32, k: i32,
  filterHeight: i32, filterWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32,
): void {
  const kBytes = <usize>k << 2;
  const step = <usize>(strideWidth * channels) << 2;
  const line = <usize>(strideHeight * width * channels) << 2;
  const image = <usize>(height * width * channels) << 2;
  memory.fill(dw, 0, <usize>(filterHeight * filterWidth * channels) * kBytes);

  const block = max(1, 96 / outWidth);
  const isDense = dilationWidth == 1;
  const runs = isDense ? 1 : filterWidth;
  const runLength = isDense ? filterWidth * channels : channels;
  for (let fh = 0; fh < filterHeight; fh++) {
    for (let run = 0; run < runs; run++) {
      const source = x + (<usize>((fh * dilationHeight * width + run * dilationWidth) * channels) << 2);
      const target = dw + <usize>((fh * filterWidth + run) * channels) * kBytes;
      let row = 0;
      for (; row + 6 <= runLength; row += 6) {
        for (let at: usize = 0; at < kBytes; at += 32) {
          filterTile6(source + (<usize>row << 2), dy + at, target + <usize>row * kBytes + at, batch, outHeight, outWidth, image, line, step, kBytes, block);
        }
      }
      for (; row + 3 <= runLength; row += 3) {
        for (let at: usize = 0; at < kBytes; at += 32) {
          filterTile3(source + (<usize>row << 2), dy + at, target + <usize>row * kBytes + at, batch, outHeight, outWidth, image, line, step, kBytes, block);
        }
      }
      for (; row < runLength; row++) {
        for (let at: usize = 0; at < kBytes; at += 32) {
          filterTile1(source + (<usize>row << 2), dy + at, target + <usize>row * kBytes + at, batch, outHeight, outWidth, image, line, step, kBytes, block);
        }
      }
    }
  }
}

function filterTile6(
  x: usize, dy: usize, dw: usize, batch: i32, outHeight: i32, outWidth: i32,
  image: usize, line: usize, step: usize, kBytes: usize, block: i32,
): void {
  for (let b = 0; b < batch; b++) {
    let start = x;
    for (let lines = outHeight; lines > 0; lines -= block) {
      let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
      let c0 = f32x4.splat(0), c1 = f32x4.splat(0), d0 = f32x4.splat(0), d1 = f32x4.splat(0);
      let e0 = f32x4.splat(0), e1 = f32x4.splat(0), f0 = f32x4.splat(0), f1 = f32x4.splat(0);
      let oh = min(lines, block);
      do {
        let pixel = start;
        let ow = outWidth;
        do {
          const low = v128.load(dy);
          const high = v128.load(dy, 16);
          const va = v128.load_splat<f32>(pixel);
          a0 = f32x4.add(a0, f32x4.mul(va, low));
          a1 = f32x4.add(a1, f32x4.mul(va, high));
          const vb = v128.load_splat<f32>(pixel, 4);
          b0 = f32x4.add(b0, f32x4.mul(vb, low));
          b1 = f32x4.add(b1, f32x4.mul(vb, high));
          const vc = v128.load_splat<f32>(pixel, 8);
          c0 = f32x4.add(c0, f32x4.mul(vc, low));
          c1 = f32x4.add(c1, f32x4.mul(vc, high));
          const vd = v128.load_splat<f32>(pixel, 12);
          d0 = f32x4.add(d0, f32x4.mul(vd, low));
          d1 = f32x4.add(d1, f32x4.mul(vd, high));
          const ve = v128.load_splat<f32>(pixel, 16);
          e0 = f32x4.add(e0, f32x4.mul(ve, low));
          e1 = f32x4.add(e1, f32x4.mul(ve, high));
          const vf = v128.load_splat<f32>(pixel, 20);
          f0 = f32x4.add(f0, f32x4.mul(vf, low));
          f1 = f32x4.add(f1, f32x4.mul(vf, high));
          pixel += step;
          dy += kBytes;
        } while (--ow);
        start += line;
      } while (--oh);
      let row = dw;
      addTo(row, a0, a1);
      row += kBytes;
      addTo(row, b0, b1);
      row += kBytes;
      addTo(row, c0, c1);
      row += kBytes;
      addTo(row, d0, d1);
      row += kBytes;
      addTo(row, e0, e1);
      row += kBytes;
      addTo(row, f0, f1);
    }
    x += image;
  }
}

function filterTile3(
  x: usize, dy: usize, dw: usize, batch: i32, outHeight: i32, outWidth: i32,
  image: usize, line: usize, step: usize, kBytes: usize, block: i32,
): void {
  for (let b = 0; b < batch; b++) {
    let start = x;
    for (let lines = outHeight; lines > 0; lines -= block) {
      let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
      let c0 = f32x4.splat(0), c1 = f32x4.splat(0);
      let oh = min(lines, block);
      do {
        let pixel = start;
        let ow = outWidth;
        do {
          const low = v128.load(dy);
          const high = v128.load(dy, 16);
          const va = v128.load_splat<f32>(pixel);
          a0 = f32x4.add(a0, f32x4.mul(va, low));
          a1 = f32x4.add(a1, f32x4.mul(va, high));
          const vb = v128.load_splat<f32>(pixel, 4);
          b0 = f32x4.add(b0, f32x4.mul(vb, low));
          b1 = f32x4.add(b1, f32x4.mul(vb, high));
          const vc = v128.load_splat<f32>(pixel, 8);
          c0 = f32x4.add(c0, f32x4.mul(vc, low));
          c1 = f32x4.add(c1, f32x4.mul(vc, high));
          pixel += step;
          dy += kBytes;
        } while (--ow);
        start += line;
      } while (--oh);
      addTo(dw, a0, a1);
      addTo(dw + kBytes, b0, b1);
      addTo(dw + 2 * kBytes, c0, c1);
    }
    x += image;
  }
}

function filterTile1(
  x: usize, dy: usize, dw: usize, batch: i32, outHeight: i32, outWidth: i32,
  image: usize, line: usize, step: usize, kBytes: usize, block: i32,
): void {
  for (let b = 0; b < batch; b++) {
    let start = x;
    for (let lines = outHeight; lines > 0; lines -= block) {
      let a0 = f32x4.splat(0), a1 = f32x4.splat(0);
      let oh = min(lines, block);
      do {
        let pixel = start;
        let ow = outWidth;
        do {
          const va = v128.load_splat<f32>(pixel);
          a0 = f32x4.add(a0, f32x4.mul(va, v128.load(dy)));
          a1 = f32x4.add(a1, f32x4.mul(va, v128.load(dy, 16)));
          pixel += step;
          dy += kBytes;
        } while (--ow);
        start += line;
      } while (--oh);
      addTo(dw, a0, a1);
    }
    x += image;
  }
}

// @ts-ignore: decorator
@inline
function addTo(target: usize, low: v128, high: v128): void {
  v128.store(target, f32x4.add(v128.load(target), low));
  v128.store(target, f32x4.add(v128.load(target, 16), high), 16);
}

/**
 * Gradient of the input: dx[ih][iw][c] = Σ over fh, fw and k of dy[oh][ow][k] · w[fh][fw][c][k], where
 * oh·sH + fh·dH = ih + padTop and ow·sW + fw·dW = iw + padLeft.
 *
 * The pixels of a row that meet the same columns of the filter, which are sW apart, are taken six at a time, for eight
 * channels.
 *
 * @param dy batch × outHeight × dyWidth × k, k a multiple of 4; columns of zeros stand on both sides, `dyLeft` of them
 * on the left, so that none is missing for any pixel.
 * @param w filterHeight × filterWidth × k × channels: in other order than the filter itself.
 * @param dx batch × height × width × channels, channels a multiple of 8; overwritten.
 */
export function conv2dBackpropInput(
  dy: usize, w: usize, dx: usize,
  batch: i32, height: i32, width: i32, channels: i32,
  outHeight: i32, dyWidth: i32, dyLeft: i32, k: i32,
  filterHeight: i32, filterWidth: i32,
  strideHeight: i32, strideWidth: i32, dilationHeight: i32, dilationWidth: i32,
  padTop: i32, padLeft: i32,
): void {
  const pixelBytes = <usize>channels << 2;
  const advance = <usize>strideWidth * pixelBytes;
  const kBytes = <usize>k << 2;
  const filterBytes = kBytes * <usize>channels;
  for (let b = 0; b < batch; b++) {
    const image = dy + <usize>(b * outHeight * dyWidth) * kBytes;
    for (let ih = 0; ih < height; ih++) {
      for (let first = 0; first < strideWidth && first < width; first++) {
        const count = (width - first + strideWidth - 1) / strideWidth;
        const row = dx + <usize>((b * height + ih) * width + first) * pixelBytes;
        for (let at: usize = 0; at < pixelBytes; at += 32) {
          let pixel = 0;
          let target = row + at;
          while (pixel < count) {
            const many = pixel + 6 <= count;
            let a0 = f32x4.splat(0), a1 = f32x4.splat(0), b0 = f32x4.splat(0), b1 = f32x4.splat(0);
            let c0 = f32x4.splat(0), c1 = f32x4.splat(0), d0 = f32x4.splat(0), d1 = f32x4.splat(0);
            let e0 = f32x4.splat(0), e1 = f32x4.splat(0), f0 = f32x4.splat(0), f1 = f32x4.splat(0);
            for (let fh = 0; fh < filterHeight; fh++) {
              const down = ih + padTop - fh * dilationHeight;
              if (down < 0) break;
              if (down % strideHeight != 0 || down / strideHeight >= outHeight) continue;
              const line = image + <usize>(down / strideHeight * dyWidth) * kBytes;
              for (let fw = 0; fw < filterWidth; fw++) {
                // Shifted by whole strides to be positive, so that the remainder is one.
                const right = first + padLeft - fw * dilationWidth + dyLeft * strideWidth;
                if (right % strideWidth != 0) continue;
                let p = line + <usize>(right / strideWidth + pixel) * kBytes;
                let q = w + <usize>(fh * filterWidth + fw) * filterBytes + at;
                let rest = k;
                if (many) {
                  let p1 = p + kBytes, p2 = p1 + kBytes, p3 = p2 + kBytes, p4 = p3 + kBytes, p5 = p4 + kBytes;
                  do {
                    let low = v128.load(q), high = v128.load(q, 16);
                    let s = v128.load_splat<f32>(p);
                    a0 = f32x4.add(a0, f32x4.mul(s, low)), a1 = f32x4.add(a1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p1);
                    b0 = f32x4.add(b0, f32x4.mul(s, low)), b1 = f32x4.add(b1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p2);
                    c0 = f32x4.add(c0, f32x4.mul(s, low)), c1 = f32x4.add(c1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p3);
                    d0 = f32x4.add(d0, f32x4.mul(s, low)), d1 = f32x4.add(d1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p4);
                    e0 = f32x4.add(e0, f32x4.mul(s, low)), e1 = f32x4.add(e1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p5);
                    f0 = f32x4.add(f0, f32x4.mul(s, low)), f1 = f32x4.add(f1, f32x4.mul(s, high));
                    q += pixelBytes;
                    low = v128.load(q), high = v128.load(q, 16);
                    s = v128.load_splat<f32>(p, 4);
                    a0 = f32x4.add(a0, f32x4.mul(s, low)), a1 = f32x4.add(a1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p1, 4);
                    b0 = f32x4.add(b0, f32x4.mul(s, low)), b1 = f32x4.add(b1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p2, 4);
                    c0 = f32x4.add(c0, f32x4.mul(s, low)), c1 = f32x4.add(c1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p3, 4);
                    d0 = f32x4.add(d0, f32x4.mul(s, low)), d1 = f32x4.add(d1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p4, 4);
                    e0 = f32x4.add(e0, f32x4.mul(s, low)), e1 = f32x4.add(e1, f32x4.mul(s, high));
                    s = v128.load_splat<f32>(p5, 4);
                    f0 = f32x4.add(f0, f32x4.mul(s, low)), f1 = f32x4.add(f1, f32x4.mul(s, high));
                    q += pixelBytes;
                    p += 8, p1 += 8, p2 += 8, p3 += 8, p4 += 8, p5 += 8;
                    rest -= 2;
                  } while (rest);
                } else {
                  do {
                    const s = v128.load_splat<f32>(p);
                    a0 = f32x4.add(a0, f32x4.mul(s, v128.load(q)));
                    a1 = f32x4.add(a1, f32x4.mul(s, v128.load(q, 16)));
                    q += pixelBytes;
                    const t = v128.load_splat<f32>(p, 4);
                    b0 = f32x4.add(b0, f32x4.mul(t, v128.load(q)));
                    b1 = f32x4.add(b1, f32x4.mul(t, v128.load(q, 16)));
                    q += pixelBytes;
                    p += 8;
                    rest -= 2;
                  } while (rest);
                }
              }
            }
            if (many) {
              put(target, a0, a1);
              target += advance;
              put(target, b0, b1);
              target += advance;
              put(target, c0, c1);
              target += advance;
              put(target, d0, d1);
              target += advance;
              put(target, e0, e1);
              target += advance;
              put(target, f0, f1);
              target += advance;
              pixel += 6;
            } else {
              put(target, f32x4.add(a0, b0), f32x4.add(a1, b1));
              target += advance;
              pixel++;
            }
          }
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function put(target: usize, low: v128, high: v128): void {
  v128.store(target, low);
  v128.store(target, high, 16);
}
