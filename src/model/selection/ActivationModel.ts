import type { Tensor } from '@tensorflow/tfjs-core';
import type { Preprocess } from '../../image/Preprocess';

/** One model with an output for each chosen layer. It shares the weights of the model that it was made from. */
export interface ActivationModel {
  /**
   * The chosen layers, in the order of the outputs, by their paths; the second output of a layer that has several is
   * `'lstm[1]'`. `shortName` is the name of a node without what all names of its graph begin with, where that is another. `preActivation` names the activation function that is left out, where one is. `optional` is true of nodes
   * that were not asked for by their names: those that put out a single number, which is no map, are left out of what is
   * read.
   */
  readonly layers: readonly {
    readonly name: string;
    readonly shortName?: string;
    readonly className: string;
    readonly preActivation?: string;
    readonly optional?: true;
  }[];
  /** What the model takes first: `[batch, height, width, channels]` for an image, `null` for what is open. */
  readonly inputShape: readonly (number | null)[];
  /** The names of all that it takes, and their shapes; channels come last, whatever the model's own order is. */
  readonly inputNames: readonly string[];
  readonly inputShapes: readonly (readonly (number | null)[])[];
  /**
   * What the first input wants to become of a picture's bytes: `'none'` where the network's first step rescales or normalizes
   * them, or it takes integers. Absent for `'unit'`.
   */
  readonly preprocess?: Preprocess;
  /** The same for each input, where there are several; one that takes no image has it too, and makes no use of it. */
  readonly inputPreprocess?: readonly Preprocess[];
  /**
   * Runs the network once, as far as the chosen layers need it.
   *
   * @param input A tensor for each input, shapes as `inputShapes`; one by itself where there is one. They stay the caller's.
   * @returns An output a layer, channels last, which the caller disposes.
   * @param onLostNaN Called for each output that has no NaN though something that goes into its layer has, with its index.
   * Only where the backend has kernels that lose NaN, and only if given is there a search for it.
   * @throws Error if this model, or the one that it was made from, has been disposed.
   */
  predict(input: Tensor | readonly Tensor[], onLostNaN?: (index: number) => void): Tensor[];
  /**
   * The same for a graph model with branches or loops on the way, for which `predict` throws; absent otherwise.
   *
   * @throws Error (the promise is rejected) as `predict` does.
   */
  predictAsync?(input: Tensor | readonly Tensor[], onLostNaN?: (index: number) => void): Promise<Tensor[]>;
  /** Lets go of the model that this one was made from and leaves that one as it is. Harmless when repeated. */
  dispose(): void;
}

/** An activation model that computes what the network predicts too, in the same pass. */
export interface PredictingModel extends ActivationModel {
  /** Absent where the model has several outputs, or one that depends on nothing. */
  readonly prediction?: {
    /** The function that the network ends with, as far as that is known: `'softmax'`, `'sigmoid'`, `'linear'`. */
    readonly activation?: string | undefined;
  };
}

/** Whether something is an activation model rather than a model. */
export function isActivationModel(value: unknown): value is ActivationModel {
  return (
    typeof value === 'object' &&
    value !== null &&
    'inputShape' in value &&
    'layers' in value &&
    Array.isArray(value.layers) &&
    'predict' in value &&
    !('inputs' in value)
  );
}
