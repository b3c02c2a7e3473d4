import type { layers } from '@tensorflow/tfjs-layers';

type ClassedLayer = Pick<layers.Layer, 'getClassName'>;

/** What `TimeDistributed`, `Bidirectional`, `RNN` and `StackedRNNCells` run. */
interface Runner {
  readonly layer?: ClassedLayer;
  readonly cell?: ClassedLayer;
  readonly cells?: readonly ClassedLayer[];
}

const CONVOLUTION = /^((Separable|Depthwise)?Conv[123]D(Transpose)?|ConvLSTM[123]D(Cell)?)$/;

/**
 * Whether a layer is a convolution by its class: 1-D to 3-D, transposed, depthwise, separable, ConvLSTM, or a class derived
 * from one of these. So is a layer that runs a convolution: over time, in both directions, or as the cell of an RNN.
 */
export function isConvolutionLayer(layer: ClassedLayer): boolean {
  const { layer: wrapped, cell, cells = [] } = layer as Runner;
  return (
    classNamesOf(layer).some((name) => CONVOLUTION.test(name)) ||
    [wrapped, cell, ...cells].some((inner) => inner !== undefined && isConvolutionLayer(inner))
  );
}

/** The layer's class, and those that it is derived from. */
function classNamesOf(layer: ClassedLayer): string[] {
  const names = [layer.getClassName()];
  for (let type = Object.getPrototypeOf(layer); type; type = Object.getPrototypeOf(type)) {
    names.push(String((type.constructor as { className?: unknown }).className));
  }
  return names;
}
