import type { Tensor } from '@tensorflow/tfjs-core';
import { hasNaN, losesNaN } from '../../backend/hasNaN';

/** What goes into a layer, and one thing that comes out. */
export interface PassedLayer {
  readonly inputs: readonly Tensor[];
  readonly weights: readonly Tensor[];
  readonly output: Tensor;
}

export type OnLostNaN = (index: number) => void;

/** Tells of each output that has no NaN though something that goes into its layer has, by its index. */
export type NaNWatch = (listPassed: () => readonly PassedLayer[], onLostNaN: OnLostNaN) => void;

/**
 * Makes what finds the layers that lose NaN: XNNPACK, which computes for the WASM backend, cuts every value off at limits by
 * comparing, and NaN, with which every comparison is false, becomes a limit: 0 after a ReLU, -∞ where there is none.
 *
 * Weights are looked at once: their values never change in place, neither by tfjs nor by the training kernels, but are
 * replaced by others. Of what flows through the network, each tensor is looked at once a pass.
 */
export function watchNaN(): NaNWatch {
  const sound = new WeakSet<object>();
  return (listPassed, onLostNaN) => {
    if (!losesNaN()) return;
    const known = new Map<object, boolean>();
    const has = (tensor: Tensor): boolean => {
      const found = known.get(tensor.dataId) ?? hasNaN(tensor);
      known.set(tensor.dataId, found);
      return found;
    };
    const isSpoilt = (weight: Tensor): boolean => {
      if (sound.has(weight.dataId)) return false;
      const found = has(weight);
      if (!found) sound.add(weight.dataId);
      return found;
    };
    const passed = listPassed();
    for (let index = 0; index < passed.length; index++) {
      const { inputs, weights, output } = passed[index]!;
      const goesIn = weights.some(isSpoilt) || inputs.some(has);
      if (goesIn && !has(output)) onLostNaN(index);
    }
  };
}
