import { engine, reshape, type Tensor } from '@tensorflow/tfjs-core';
import type { OriginalKernel } from '../../backend/wasmBackend';
import type { ConvolutionAttributes } from '../convolutionSizes';
import { type ConvolutionKind, gradientsOfConvolution, isDilated } from './gradientsOfConvolution';
import { sumToShape } from './sumToShape';

/** Names of the fused kernels, with those that they are made of. */
export const FUSED_CONVOLUTIONS = {
  FusedConv2D: 'Conv2D',
  FusedDepthwiseConv2D: 'DepthwiseConv2dNative',
} as const;

interface FusedCall {
  readonly kind: ConvolutionKind;
  readonly attributes: ConvolutionAttributes;
}

/** What tfjs hands to `customGrad`: it computes a value, and says what the gradient is. */
type CustomFunction = (...inputs: unknown[]) => {
  value: Tensor;
  gradFunc: (dy: Tensor, saved: Tensor[]) => Tensor | Tensor[];
};

interface CustomGradEngine {
  customGrad(compute: CustomFunction): (...inputs: Tensor[]) => Tensor;
}

const ORIGINAL = Symbol.for('layerscope.engine.customGrad');

/** The fused convolution that ran last, in the function that `customGrad` is computing. */
let lastCall: FusedCall | undefined;

/**
 * Gives fused convolutions with a dilation above 1, and no activation, their gradients. Layers of TensorFlow.js and graph
 * models call them; their gradient does not come from the registry but is made on the spot, by `customGrad`, and refuses
 * dilations. It is replaced there, where the WASM kernel has noted such a call; every other one passes as it is.
 */
export function installFusedDilations(): void {
  const tfjs = engine() as unknown as CustomGradEngine & Record<symbol, unknown>;
  if (ORIGINAL in tfjs) return;
  const original = tfjs.customGrad.bind(tfjs);
  Object.defineProperty(tfjs, ORIGINAL, { value: original });
  tfjs.customGrad = (compute) =>
    original((...inputs) => {
      const outer = lastCall;
      lastCall = undefined;
      try {
        const { value, gradFunc } = compute(...inputs);
        const call = lastCall as FusedCall | undefined;
        return { value, gradFunc: call ? (dy, saved) => gradientsOf(call, dy, saved) : gradFunc };
      } finally {
        lastCall = outer;
      }
    });
}

/** Notes calls of a fused kernel that tfjs has no gradient for. */
export function noteDilation(kind: ConvolutionKind) {
  return (original: OriginalKernel): OriginalKernel =>
    (call) => {
      const { attrs } = call as { attrs: ConvolutionAttributes & { activation?: string | null } };
      const isLinear = !attrs.activation || attrs.activation === 'linear';
      if (isLinear && isDilated(attrs)) lastCall = { kind, attributes: attrs };
      return original(call);
    };
}

/** Gradients of image, filter and bias, in the order of `customGrad`'s inputs. */
function gradientsOf({ kind, attributes }: FusedCall, dy: Tensor, saved: Tensor[]): Tensor[] {
  const [filter, x, y, bias] = saved as [Tensor, Tensor, Tensor, Tensor | undefined];
  // A single image comes out without its batch.
  const batched = reshape(dy, y.shape);
  const gradients = gradientsOfConvolution(kind, x, filter, batched, attributes);
  const ofImage = [gradients.x(), gradients.filter()];
  return bias ? [...ofImage, sumToShape(batched, bias.shape)] : ofImage;
}
