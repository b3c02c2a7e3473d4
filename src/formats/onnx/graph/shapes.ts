import { requireAxis, type Size } from './Value';

/**
 * The shape of what two or more shapes are stretched to, as numpy does.
 *
 * @param newSize Names a size that is not known before the graph runs.
 * @throws RangeError if they do not fit.
 */
export function broadcast(shapes: readonly (readonly Size[])[], newSize: () => string): Size[] {
  shapes.forEach(requireSizes);
  const rank = Math.max(...shapes.map(({ length }) => length));
  return Array.from({ length: rank }, (_, axis) => {
    const sizes = shapes.map((shape) => shape[axis - rank + shape.length] ?? 1).filter((size) => size !== 1);
    const numbers = new Set(sizes.filter((size) => typeof size === 'number'));
    if (numbers.size > 1) {
      throw new RangeError(
        `expected shapes that fit, got ${shapes.map((shape) => `[${shape}]`).join(' and ')}`,
      );
    }
    const [number] = numbers;
    if (number !== undefined) return number;
    const [size = 1, ...others] = new Set(sizes);
    return others.length === 0 ? size : newSize();
  });
}

/**
 * The sizes that a reshape leads to.
 *
 * @param target As ONNX has it: -1 for what is left over, and 0, unless it is meant, for the size that stood there before.
 */
export function resolveReshape(
  shape: readonly Size[],
  target: readonly Size[],
  allowsZero: boolean,
  newSize: () => string,
): Size[] {
  const sizes = target.map((size, axis) => {
    if (size !== 0 || allowsZero) return size;
    const kept = shape[axis];
    if (kept === undefined) throw new RangeError(`expected a size to keep at axis ${axis} of [${shape}]`);
    return kept;
  });
  if (sizes.filter((size) => size === -1).length > 1) {
    throw new RangeError(`expected at most one size of -1, got [${target}]`);
  }
  const rest = divide(
    shape,
    sizes.filter((size) => size !== -1),
  );
  const left = rest ?? (sizes.includes(-1) ? newSize() : 1);
  if (rest !== undefined && rest !== 1 && !sizes.includes(-1)) {
    const isOpen = [...shape, ...sizes, rest].some((size) => typeof size === 'string');
    if (!isOpen) throw new RangeError(`expected as many numbers as [${shape}] has, got [${sizes}]`);
  }
  return sizes.map((size) => (size === -1 ? left : size));
}

/** What is left of a product of sizes without some; `undefined` if that cannot be said. */
function divide(shape: readonly Size[], without: readonly Size[]): Size | undefined {
  const open = shape.filter((size) => typeof size === 'string');
  for (const size of without) {
    if (typeof size !== 'string') continue;
    const at = open.indexOf(size);
    if (at < 0) return undefined;
    open.splice(at, 1);
  }
  const product = (sizes: readonly Size[]) =>
    sizes.reduce<number>((all, size) => (typeof size === 'number' ? all * size : all), 1);
  const [above, below] = [product(shape), product(without)];
  if (above === 0 || below === 0) return above === below ? 1 : undefined;
  const quotient = above / below;
  if (open.length === 0) return Number.isInteger(quotient) ? quotient : undefined;
  return open.length === 1 && quotient === 1 ? open[0] : undefined;
}

/** @throws RangeError if one that is known is no size. */
export function requireSizes(sizes: readonly Size[]): void {
  if (sizes.every((size) => typeof size === 'string' || (Number.isSafeInteger(size) && size >= 0))) return;
  throw new RangeError(`expected sizes of at least 0, got [${sizes.slice(0, 8)}]`);
}

/**
 * A shape without some axes of size 1; without all of them if none is named.
 *
 * @throws RangeError if one is longer.
 */
export function dropAxes(shape: readonly Size[], given: readonly number[]): Size[] {
  const axes = given.map((axis) => requireAxis(axis, shape.length));
  for (const axis of axes) {
    const size = shape[axis]!;
    if (typeof size === 'number' && size !== 1)
      throw new RangeError(`expected the size 1 at axis ${axis}, got [${shape}]`);
  }
  return shape.filter((size, axis) => !(axes.length > 0 ? axes.includes(axis) : size === 1));
}

/**
 * A shape with more axes of size 1.
 *
 * @param given Where they are to be in the new shape.
 * @throws RangeError if there is no such place, or two are to be in one.
 */
export function insertAxes(
  shape: readonly Size[],
  given: readonly number[],
): { readonly shape: Size[]; readonly axes: readonly number[] } {
  const rank = shape.length + given.length;
  const axes = given.map((axis) => requireAxis(axis, rank)).sort((a, b) => a - b);
  if (new Set(axes).size < axes.length) throw new RangeError(`expected axes that differ, got [${given}]`);
  const left = [...shape];
  return {
    shape: Array.from({ length: rank }, (_, axis) => (axes.includes(axis) ? 1 : left.shift()!)),
    axes,
  };
}
