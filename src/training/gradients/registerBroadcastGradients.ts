import { broadcast_util, broadcastTo, type Tensor, util } from '@tensorflow/tfjs-core';
import type { Gradient } from './gradientTypes';
import { replaceGradient } from './replaceGradient';
import { sumToShape } from './sumToShape';

/**
 * Registers the gradients of operations whose inputs `a` and `b` are broadcast: tfjs's own are as large as the output
 * there, and it refuses them. Inputs of one shape are left to it.
 */
export function registerBroadcastGradients(): void {
  for (const name of ['Maximum', 'Minimum', 'SquaredDifference']) {
    replaceGradient(name, (original) => unbroadcast(original, 0));
  }
  replaceGradient('BatchMatMul', (original) => unbroadcast(original, 2));
}

/**
 * Takes the gradients of the inputs as they are when repeated, and sums them.
 *
 * @param kept Number of axes at the end that are not broadcast.
 */
function unbroadcast<Attributes>(original: Gradient<Attributes>, kept: number): Gradient<Attributes> {
  return (dy, saved, attributes) => {
    const [a, b] = saved as [Tensor, Tensor];
    const outerOf = ({ shape }: Tensor) => shape.slice(0, shape.length - kept);
    if (util.arraysEqual(outerOf(a), outerOf(b))) return original(dy, saved, attributes);

    const outer = broadcast_util.assertAndGetBroadcastShape(outerOf(a), outerOf(b));
    const repeated = (x: Tensor) => broadcastTo(x, [...outer, ...x.shape.slice(x.shape.length - kept)]);
    const whole = () => original(dy, [repeated(a), repeated(b)], attributes);
    return {
      a: () => sumToShape(whole().a!(), a.shape),
      b: () => sumToShape(whole().b!(), b.shape),
    };
  };
}
