import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { LayerUse, UseGraph } from './listUses';

/** What the output of a layers model comes from. */
export interface OutputUse {
  readonly use: LayerUse;
  /** The function that the network ends with, as far as that is known. */
  readonly activation: string | undefined;
}

/** @returns `undefined` if the model has several outputs, or one that is no vector. */
export function findOutputUse(
  { outputs }: LayersModel,
  { uses, outputs: slots }: UseGraph,
): OutputUse | undefined {
  if (outputs.length !== 1 || outputs[0]!.shape.length !== 2) return undefined;
  const use = uses.find((one) => one.outputs[0] === slots[0]);
  if (!use) return undefined;
  const { activation } = use.layer as { activation?: { getClassName?(): string } };
  const isSoftmax = /Softmax$/.test(use.layer.getClassName());
  return { use, activation: isSoftmax ? 'softmax' : activation?.getClassName?.() };
}
