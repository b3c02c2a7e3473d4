import {
  cast,
  type DataType,
  dispose,
  type NamedTensorMap,
  round,
  type Tensor,
  tidy,
} from '@tensorflow/tfjs-core';
import { losesNaN } from '../../backend/hasNaN';
import { explainMemory, isDamage } from '../../common/explainMemory';
import { locateError } from '../../common/locateError';
import { quote } from '../../common/quote';
import type { ActivationModel } from '../selection/ActivationModel';
import { createGuard } from '../selection/createGuard';
import type { LayerSelector } from '../selection/selectLayers';
import { type OnLostNaN, watchNaN } from '../selection/watchNaN';
import { findFailing } from './findFailing';
import { findGraphPreprocess } from './findGraphPreprocess';
import { type GraphModelLike, openShape, requireLiveGraph } from './GraphModelLike';
import { classOf, type GraphNode } from './GraphNode';
import { limitLoops } from './limitLoops';
import { listSources } from './listSources';
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
  // Behind a branch not everything that a node reads can be asked for.
  const sources = wanted.map(({ node }) => (asynchronous.has(node) ? [] : listSources(node)));
  const watched = [...new Set([...reads, ...sources.flat()])];
  const watch = watchNaN();
  const readsFor = (onLostNaN?: OnLostNaN) => (onLostNaN && losesNaN() ? watched : reads);
  const { inputs, inputNodes: inputNames } = model;
  const optional = selector !== undefined && !Array.isArray(selector);
  const inputShapes = inputs.map(({ shape }) => openShape(shape));
  const inputPreprocess = findGraphPreprocess(model, nodes);

  const guard = createGuard(() => requireLiveGraph(model));
  const giveIn = (input: Tensor | readonly Tensor[]): NamedTensorMap => {
    const given = guard.takeIn(input);
    return Object.fromEntries(
      inputs.map(({ name, dtype = 'float32' }, index) => [name, toType(given[index]!, dtype as DataType)]),
    );
  };
  const locate = (error: unknown, outputs: readonly string[], failing?: GraphNode): unknown => {
    const words = explainMemory(error);
    if (failing) return locateError('node', failing.name, error, words);
    return words === undefined ? error : locateError('on the way to the node', outputs[0]!, error, words);
  };
  const execute = (given: NamedTensorMap, outputs: string[]): Tensor[] => {
    try {
      return [model.execute(given, outputs)].flat();
    } catch (error) {
      // Nothing more is computed with memory that may be damaged.
      throw locate(error, outputs, isDamage(error) ? undefined : findFailing(model, nodes, given, outputs));
    }
  };
  // Clones, since what comes out of the graph may be a weight of it, what the caller gave, or the same tensor twice.
  const takeOut = (outputs: readonly Tensor[], onLostNaN?: OnLostNaN): Tensor[] => {
    const tensorOf = (name: string) => outputs[watched.indexOf(name)]!;
    const taken = wanted.map(({ path, node, split }) => {
      const values = (split?.reads ?? [path]).map(tensorOf);
      if (!values[0]) {
        throw new RangeError(
          `layers: expected an output of the node ${quote(node.name)}, got ${quote(path)}, which it has not`,
        );
      }
      return (split ? split.compute(values) : values[0]).clone();
    });
    if (onLostNaN) {
      // By their values: a constant may come through a node that hands it on.
      const constants = new Set(
        Object.values(model.weights).flatMap((list) => list.map((weight) => weight.dataId)),
      );
      const isConstant = ({ dataId }: Tensor) => constants.has(dataId);
      const passed = () =>
        taken.map((output, index) => {
          const all = sources[index]!.map(tensorOf);
          return {
            inputs: all.filter((tensor) => !isConstant(tensor)),
            weights: all.filter(isConstant),
            output,
          };
        });
      watch(passed, onLostNaN);
    }
    return taken;
  };

  return {
    layers: wanted.map(({ path, node, split }) => ({
      name: path,
      className: classOf(node),
      ...(split && { preActivation: split.name }),
      ...(optional && { optional }),
    })),
    inputShape: inputShapes[0]!,
    inputNames,
    inputShapes,
    preprocess: inputPreprocess[0]!,
    inputPreprocess,
    predict: (input, onLostNaN) =>
      tidy(() => takeOut(execute(giveIn(input), readsFor(onLostNaN)), onLostNaN)),
    ...(wanted.some(({ node }) => asynchronous.has(node)) && {
      async predictAsync(input: Tensor | readonly Tensor[], onLostNaN?: OnLostNaN) {
        const named = giveIn(input);
        const weights = new Set(Object.values(model.weights).flat());
        let outputs: Tensor[] = [];
        try {
          outputs = [await limitLoops(model, () => model.executeAsync(named, readsFor(onLostNaN)))].flat();
          return tidy(() => takeOut(outputs, onLostNaN));
        } catch (error) {
          throw locate(error, reads);
        } finally {
          dispose([named, ...outputs.filter((output) => output && !weights.has(output))] as Tensor[]);
        }
      },
    }),
    dispose: guard.dispose,
  };
}

/** What resizing leaves between two whole numbers is rounded, where a cast alone would cut it off. */
function toType(values: Tensor, dtype: DataType): Tensor {
  if (dtype !== 'int32' || values.dtype === dtype) return cast(values, dtype);
  return tidy(() => cast(round(values), dtype));
}
