/**
 * out[m][n] = Σ over s of a[m][s] · b[s][n], `a` being read with any two strides, so that it may stand turned.
 *
 * @param rowStep, columnStep Bytes from one m, and from one s, of `a` to the next.
 * @param b length × columns.
 */
export function matMul(
  a: usize, rowStep: usize, columnStep: usize, b: usize, out: usize, rows: i32, columns: i32, length: i32,
): void {
  const bytes = <usize>columns << 2;
  let row = 0;
  for (; row + 4 <= rows; row += 4) {
    let at: usize = 0;
    for (; at + 16 <= bytes; at += 16) matMulTile4(a, rowStep, columnStep, b + at, out + at, bytes, length);
    for (; at < bytes; at += 4) {
      for (let line: usize = 0; line < 4; line++) dot(a + line * rowStep, columnStep, b + at, out + line * bytes + at, bytes, length);
    }
    a += 4 * rowStep;
    out += 4 * bytes;
  }
  for (; row < rows; row++) {
    for (let at: usize = 0; at < bytes; at += 4) dot(a, columnStep, b + at, out + at, bytes, length);
    a += rowStep;
    out += bytes;
  }
}

/** Products that are summed one after the other at the most: more would cost accuracy. */
// @ts-ignore: decorator
@inline
const LONGEST_SUM: i32 = 512;

function matMulTile4(a: usize, rowStep: usize, columnStep: usize, b: usize, out: usize, bytes: usize, length: i32): void {
  let line = out;
  for (let row = 0; row < 4; row++) {
    v128.store(line, f32x4.splat(0));
    line += bytes;
  }
  for (let rest = length; rest > 0; rest -= LONGEST_SUM) {
    addTile4(a, rowStep, columnStep, b, out, bytes, min(rest, LONGEST_SUM));
    a += <usize>LONGEST_SUM * columnStep;
    b += <usize>LONGEST_SUM * bytes;
  }
}

function addTile4(a: usize, rowStep: usize, columnStep: usize, b: usize, out: usize, bytes: usize, length: i32): void {
  let s0 = f32x4.splat(0), s1 = f32x4.splat(0), s2 = f32x4.splat(0), s3 = f32x4.splat(0);
  const a2 = rowStep + rowStep;
  const a3 = a2 + rowStep;
  do {
    const line = v128.load(b);
    s0 = f32x4.add(s0, f32x4.mul(v128.load_splat<f32>(a), line));
    s1 = f32x4.add(s1, f32x4.mul(v128.load_splat<f32>(a + rowStep), line));
    s2 = f32x4.add(s2, f32x4.mul(v128.load_splat<f32>(a + a2), line));
    s3 = f32x4.add(s3, f32x4.mul(v128.load_splat<f32>(a + a3), line));
    a += columnStep;
    b += bytes;
  } while (--length);
  v128.store(out, f32x4.add(v128.load(out), s0));
  out += bytes;
  v128.store(out, f32x4.add(v128.load(out), s1));
  out += bytes;
  v128.store(out, f32x4.add(v128.load(out), s2));
  out += bytes;
  v128.store(out, f32x4.add(v128.load(out), s3));
}

function dot(a: usize, columnStep: usize, b: usize, out: usize, bytes: usize, length: i32): void {
  let total: f32 = 0;
  for (let rest = length; rest > 0; rest -= LONGEST_SUM) {
    let sum: f32 = 0;
    let count = min(rest, LONGEST_SUM);
    do {
      sum += f32.load(a) * f32.load(b);
      a += columnStep;
      b += bytes;
    } while (--count);
    total += sum;
  }
  f32.store(out, total);
}
