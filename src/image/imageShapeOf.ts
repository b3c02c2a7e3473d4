type Shape = readonly (number | null)[];

/**
 * The shape of the image that an input takes a picture as: its own where that has four sizes; of `[batch, height, width]` a
 * grey one, and of `[batch, values]` a grey square of that many values.
 *
 * @returns `[batch, height, width, channels]`, `null` for what is open; `undefined` where there is none.
 */
export function imageShapeOf(inputShape: Shape): Shape | undefined {
  const [batch = null, height = null, width = null] = inputShape;
  if (inputShape.length === 4) return inputShape;
  if (inputShape.length === 3) return [batch, height, width, 1];
  if (inputShape.length !== 2) return undefined;
  const side = height === null ? null : Math.sqrt(height);
  return side === null || Number.isInteger(side) ? [batch, side, side, 1] : undefined;
}
