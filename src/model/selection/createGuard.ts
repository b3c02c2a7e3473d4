import type { Tensor } from '@tensorflow/tfjs-core';

/** What keeps an activation model from being used when it, or the model behind it, is gone. */
export interface Guard {
  /**
   * Lists what an activation model is given.
   *
   * @throws Error if it, or the model that it was made from, has been disposed.
   */
  takeIn(input: Tensor | readonly Tensor[]): readonly Tensor[];
  dispose(): void;
}

/** @param requireLive Throws if the model that the activation model was made from has been disposed. */
export function createGuard(requireLive: () => void): Guard {
  let disposed = false;
  return {
    takeIn(input) {
      if (disposed)
        throw new Error('activationModel: expected a live activation model, got one that has been disposed');
      requireLive();
      return 'dataId' in input ? [input] : input;
    },
    dispose() {
      disposed = true;
    },
  };
}
