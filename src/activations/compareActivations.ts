import { formatShape } from '../common/errors';
import { requireActivation } from '../common/requireActivation';
import type { Activation } from '../common/types';

/**
 * Subtracts one activation from another, value by value: of two images, or of one layer in two models.
 *
 * @returns `first - second`, by the name of the first one's layer. Where a value is not finite, what arithmetic makes of it.
 * @throws TypeError if one is no activation; RangeError if they are not of one shape.
 */
export function compareActivations(first: Activation, second: Activation): Activation {
  requireActivation(first);
  requireActivation(second);
  if (String(first.shape) !== String(second.shape)) {
    throw new RangeError(
      `second: expected the shape ${formatShape(first.shape)} as the first, got ${formatShape(second.shape)}`,
    );
  }
  const lostNaN = first.lostNaN ?? second.lostNaN;
  return {
    ...first,
    ...(lostNaN && { lostNaN }),
    data: first.data.map((value, at) => value - second.data[at]!),
  };
}
