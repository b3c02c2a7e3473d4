import { type Rank, type Tensor, tidy, transpose } from '@tensorflow/tfjs-core';

/**
 * Computes something of the last axis along another one.
 *
 * @param axis Of `input`; a negative one counts from the end.
 * @param compute Gets the input with that axis last; the shape must stay as it is.
 * @returns A tensor that is the caller's.
 */
export function moveToLast(
  input: Tensor,
  axis: number,
  compute: (moved: Tensor) => Tensor<Rank>,
): Tensor<Rank> {
  const last = input.rank - 1;
  const from = axis < 0 ? axis + input.rank : axis;
  if (from === last) return compute(input);
  // Two axes that change places are back where they were after the same again.
  const order = input.shape.map((_, at) => (at === from ? last : at === last ? from : at));
  return tidy(() => transpose(compute(transpose(input, order)), order));
}
