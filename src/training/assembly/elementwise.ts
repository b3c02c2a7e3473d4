/** Kernels over rows or over all values. A row is what lies along the last axis. */

/** out[c] = Σ over the rows of x[row][c]: the gradient of a bias. Blocks of rows are summed first, for accuracy. */
export function sumRows(x: usize, out: usize, rows: i32, channels: i32): void {
  const bytes = <usize>channels << 2;
  memory.fill(out, 0, bytes);
  const block = 64;
  for (let from = 0; from < rows; from += block) {
    const count = min(block, rows - from);
    const start = x + <usize>from * bytes;
    let at: usize = 0;
    for (; at + 64 <= bytes; at += 64) {
      let a = f32x4.splat(0), b = f32x4.splat(0), c = f32x4.splat(0), d = f32x4.splat(0);
      let p = start + at;
      let rest = count;
      do {
        a = f32x4.add(a, v128.load(p));
        b = f32x4.add(b, v128.load(p, 16));
        c = f32x4.add(c, v128.load(p, 32));
        d = f32x4.add(d, v128.load(p, 48));
        p += bytes;
      } while (--rest);
      const q = out + at;
      v128.store(q, f32x4.add(v128.load(q), a));
      v128.store(q, f32x4.add(v128.load(q, 16), b), 16);
      v128.store(q, f32x4.add(v128.load(q, 32), c), 32);
      v128.store(q, f32x4.add(v128.load(q, 48), d), 48);
    }
    for (; at + 16 <= bytes; at += 16) {
      let a = f32x4.splat(0);
      let p = start + at;
      let rest = count;
      do {
        a = f32x4.add(a, v128.load(p));
        p += bytes;
      } while (--rest);
      v128.store(out + at, f32x4.add(v128.load(out + at), a));
    }
    for (; at < bytes; at += 4) {
      let a: f32 = 0;
      let p = start + at;
      let rest = count;
      do {
        a += f32.load(p);
        p += bytes;
      } while (--rest);
      f32.store(out + at, f32.load(out + at) + a);
    }
  }
}

/** out[row][c] = x[row][c] + bias[c]. */
export function addBias(x: usize, bias: usize, out: usize, rows: i32, channels: i32): void {
  const bytes = <usize>channels << 2;
  const vectorBytes = bytes & ~15;
  for (let row = 0; row < rows; row++) {
    let at: usize = 0;
    for (; at < vectorBytes; at += 16) v128.store(out + at, f32x4.add(v128.load(x + at), v128.load(bias + at)));
    for (; at < bytes; at += 4) f32.store(out + at, f32.load(x + at) + f32.load(bias + at));
    x += bytes;
    out += bytes;
  }
}

/** dx = dy where x is above 0, otherwise 0. */
export function reluGrad(dy: usize, x: usize, dx: usize, count: i32): void {
  const zero = f32x4.splat(0);
  const bytes = <usize>count << 2;
  let at: usize = 0;
  for (; at + 32 <= bytes; at += 32) {
    v128.store(dx + at, v128.and(f32x4.gt(v128.load(x + at), zero), v128.load(dy + at)));
    v128.store(dx + at, v128.and(f32x4.gt(v128.load(x + at, 16), zero), v128.load(dy + at, 16)), 16);
  }
  for (; at < bytes; at += 4) f32.store(dx + at, f32.load(x + at) > 0 ? f32.load(dy + at) : 0);
}

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1), for all values of a variable, in the order in which tfjs computes.
 *
 * @param rest1 1 - beta1, and so for the second.
 * @param divisor1 1 - beta1 ^ step, and so for the second.
 */
export function adam(
  value: usize, first: usize, second: usize, gradient: usize, newValue: usize, newFirst: usize, newSecond: usize,
  count: i32, beta1: f32, rest1: f32, beta2: f32, rest2: f32, divisor1: f32, divisor2: f32, rate: f32, epsilon: f32,
): void {
  const b1 = f32x4.splat(beta1), r1 = f32x4.splat(rest1), b2 = f32x4.splat(beta2), r2 = f32x4.splat(rest2);
  const d1 = f32x4.splat(divisor1), d2 = f32x4.splat(divisor2), lr = f32x4.splat(rate), eps = f32x4.splat(epsilon);
  const bytes = <usize>count << 2;
  let at: usize = 0;
  for (; at + 16 <= bytes; at += 16) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(f32x4.mul(v128.load(first + at), b1), f32x4.mul(g, r1));
    const v = f32x4.add(f32x4.mul(v128.load(second + at), b2), f32x4.mul(f32x4.mul(g, g), r2));
    v128.store(newFirst + at, m);
    v128.store(newSecond + at, v);
    const divisor = f32x4.add(f32x4.sqrt(f32x4.div(v, d2)), eps);
    const move = f32x4.mul(f32x4.div(f32x4.div(m, d1), divisor), lr);
    v128.store(newValue + at, f32x4.sub(v128.load(value + at), move));
  }
  for (; at < bytes; at += 4) {
    const g = f32.load(gradient + at);
    const m = f32.load(first + at) * beta1 + g * rest1;
    const v = f32.load(second + at) * beta2 + g * g * rest2;
    f32.store(newFirst + at, m);
    f32.store(newSecond + at, v);
    const move = m / divisor1 / (sqrt<f32>(v / divisor2) + epsilon) * rate;
    f32.store(newValue + at, f32.load(value + at) - move);
  }
}

/** out[ids[row]] += x[row], the gradient of a gather; rows whose id is none are left out, as TensorFlow has it. */
export function unsortedSegmentSum(x: usize, ids: usize, out: usize, rows: i32, channels: i32, segments: i32): void {
  const bytes = <usize>channels << 2;
  const vectorBytes = bytes & ~15;
  memory.fill(out, 0, <usize>segments * bytes);
  for (let row = 0; row < rows; row++) {
    const segment = i32.load(ids + (<usize>row << 2));
    if (<u32>segment < <u32>segments) {
      const target = out + <usize>segment * bytes;
      let at: usize = 0;
      for (; at < vectorBytes; at += 16) v128.store(target + at, f32x4.add(v128.load(target + at), v128.load(x + at)));
      for (; at < bytes; at += 4) f32.store(target + at, f32.load(target + at) + f32.load(x + at));
    }
    x += bytes;
  }
}
