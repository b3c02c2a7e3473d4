import type { NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';

/** What tfjs asks of a gradient: what is to come into each input, when it is wanted. */
export type InputGradients = Record<string, () => Tensor>;

/** Gradient of a kernel with one output: `saved` are the inputs, and then the outputs, that its registration names. */
export type Gradient<Attributes = NamedAttrMap> = (
  dy: Tensor,
  saved: Tensor[],
  attributes: Attributes,
) => InputGradients;
