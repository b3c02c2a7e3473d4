import type { Size } from './Value';

/**
 * The shape of what two or more shapes are stretched to, as numpy does.
 *
 * @param newSize Names a size that is not known before the graph runs.
 * @throws RangeError if they do not fit.
 */
export function broadcast(shapes: readonly (readonly Size[])[], newSize: () => string): Size[] {
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
