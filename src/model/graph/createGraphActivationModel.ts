import {
  cast,
  type DataType,
  dispose,
  type NamedTensorMap,
  round,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import type { ActivationModel } from '../selection/ActivationModel';
import type { LayerSelector } from '../selection/selectLayers';
import { findGraphPreprocess } from './findGraphPreprocess';
import { type GraphModelLike, openShape, requireLiveGraph } from './GraphModelLike';
import { findAsynchronous, readNodes } from './readNodes';
import { selectNodes } from './selectNodes';
import { splitNode } from './splitNode';

/** Does what `createActivationModel` does for a graph model, whose nodes take the place of layers. */
export function createGraphActivationModel(
  model: GraphModelLike,
  selector: LayerSelector | undefined,
  preActivation: boolean,
): ActivationModel {
  requireLiveGraph(model);
  const nodes = readNodes(model);
  const asynchronous = findAsynchronous(nodes);
  const wanted = selectNodes(nodes, selector).map(({ path, node }) => ({
    path,
    node,
    split: preActivation && path === node.name ? splitNode(node) : undefined,
  }));
  const reads = [...new Set(wanted.flatMap(({ path, split }) => split?.reads ?? [path]))];
  const { inputs, inputNodes: inputNames } = model;
  const inputShapes = inputs.map(({ shape }) => openShape(shape));
  const inputPreprocess = findGraphPreprocess(model, nodes);

  let disposed = false;
  const giveIn = (input: Tensor | readonly Tensor[]): NamedTensorMap => {
    if (disposed)
      throw new Error('activationModel: expected a live activation model, got one that has been disposed');
    requireLiveGraph(model);
    const given: readonly Tensor[] = 'dataId' in input ? [input] : input;
    return Object.fromEntries(
      inputs.map(({ name, dtype = 'float32' }, index) => [name, toType(given[index]!, dtype as DataType)]),
    );
  };
  // Clones, since what comes out of the graph may be a weight of it, what the caller gave, or the same tensor twice.
  const takeOut = (outputs: readonly Tensor[]): Tensor[] =>
    wanted.map(({ path, node, split }) => {
      const values = (split?.reads ?? [path]).map((name) => outputs[reads.indexOf(name)]!);
      if (!values[0]) {
        throw new RangeError(
          `layers: expected an output of the node ${JSON.stringify(node.name)}, got ${JSON.stringify(path)}, which it has not`,
        );
      }
      return (split ? split.compute(values) : values[0]).clone();
    });

  return {
    layers: wanted.map(({ path, node, split }) => ({
      name: path,
      className: node.op,
      ...(split && { preActivation: split.name }),
    })),
    inputShape: inputShapes[0]!,
    inputNames,
    inputShapes,
    preprocess: inputPreprocess[0]!,
    inputPreprocess,
    predict: (input) => tidy(() => takeOut([model.execute(giveIn(input), reads)].flat())),
    ...(wanted.some(({ node }) => asynchronous.has(node)) && {
      async predictAsync(input: Tensor | readonly Tensor[]) {
        const named = giveIn(input);
        const weights = new Set(Object.values(model.weights).flat());
        let outputs: Tensor[] = [];
        try {
          outputs = [await model.executeAsync(named, reads)].flat();
          return tidy(() => takeOut(outputs));
        } finally {
          dispose([named, ...outputs.filter((output) => output && !weights.has(output))] as Tensor[]);
        }
      },
    }),
    dispose() {
      disposed = true;
    },
  };
}

/** What resizing leaves between two whole numbers is rounded, where a cast alone would cut it off. */
function toType(values: Tensor, dtype: DataType): Tensor {
  if (dtype !== 'int32' || values.dtype === dtype) return cast(values, dtype);
  return tidy(() => cast(round(values), dtype));
}
