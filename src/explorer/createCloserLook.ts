import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Colormap } from '../common/types';
import { pairConvolutions } from '../model/graph/findConvolutions';
import { findNodeKernels } from '../model/graph/findNodeKernels';
import { type GraphModelLike, isGraphModel } from '../model/graph/GraphModelLike';
import type { GraphProbe } from '../model/graph/probeGraph';
import { readAllNodes, readNodes } from '../model/graph/readNodes';
import { listUses } from '../model/layers/listUses';
import { planNodes } from '../model/receptiveField/planNodes';
import { planReceptiveField, type ReceptiveFieldPlan } from '../model/receptiveField/planReceptiveField';
import { type ReceptiveField, traceReceptiveField } from '../model/receptiveField/traceReceptiveField';
import type { ConvolutionKernel, KernelKind } from '../model/selection/ConvolutionKernel';
import { createControls, type Settings } from './createControls';
import { createDetailView, type DetailEvents, type DetailView } from './createDetailView';
import { describeField } from './describeField';
import { drawFigure } from './drawFigure';
import type { MakeElement } from './elements';
import { exportSvg } from './exportSvg';
import type { InputValues } from './openNetwork';
import { rasterizeSvg } from './rasterizeSvg';
import { type Kernel, readKernel } from './readKernel';
import { closerStyles } from './styles';

/**
 * What is only needed once there is something to look at: the maps, the controls, the details of a map, receptive fields,
 * saved pictures. It is loaded beside the first image's way through the network, so that the first maps need not wait for it.
 */
export interface CloserLook {
  readonly drawFigure: typeof drawFigure;
  readonly detail: DetailView;
  readonly styles: string;
  /** The controls of all maps. */
  createControls(initial: Settings, onChange: (change: Partial<Settings>) => void): HTMLElement;
  /** What a value saw of an image, and the words for it. */
  trace(
    input: InputValues,
    layer: string,
    row: number,
    column: number,
  ): { field: ReceptiveField; words: string };
  readKernel(layer: string, channel: number): Kernel | undefined;
  readonly exportSvg: typeof exportSvg;
  readonly rasterizeSvg: typeof rasterizeSvg;
}

/**
 * @param probe What a graph says of its nodes for images of one size.
 */
export function createCloserLook(
  make: MakeElement,
  model: LayersModel | GraphModelLike,
  probe: ((height: number, width: number) => GraphProbe) | undefined,
  colormap: Colormap,
  events: DetailEvents,
): CloserLook {
  let planned:
    | { readonly plan: ReceptiveFieldPlan; readonly height: number; readonly width: number }
    | undefined;
  const kernelOf = isGraphModel(model) ? findNodes(model) : findLayers(model);
  const plan = (height: number, width: number) =>
    isGraphModel(model)
      ? planNodes(model.inputs[0]!.name, readAllNodes(model), probe!(height, width))
      : planReceptiveField(model, [height, width]);
  let read:
    | {
        readonly name: string;
        readonly channel: number;
        readonly weights: object | undefined;
        readonly kernel: Kernel | undefined;
      }
    | undefined;
  return {
    drawFigure,
    detail: createDetailView(make, colormap, events),
    styles: closerStyles,
    createControls: (initial, onChange) => createControls(make, initial, onChange),
    trace({ height, width }, layer, row, column) {
      if (model.inputs[0]?.shape?.length !== 4) return traceAll(height, width);
      if (planned?.height !== height || planned.width !== width) {
        planned = { plan: plan(height, width), height, width };
      }
      // The further outputs of a node are laid out as its first.
      const name = isGraphModel(model) ? layer.replace(/:\d+$/, '') : layer;
      const field = traceReceptiveField(planned.plan, name, row, column);
      return { field, words: describeField(field) };
    },
    readKernel(name, channel) {
      const kernel = kernelOf(name);
      // Other weights are other data; with the same ones, each frame asks again for the same kernel.
      const weights = kernel?.tensor.dataId;
      if (read?.name !== name || read?.channel !== channel || read?.weights !== weights) {
        read = { name, channel, weights, kernel: kernel && readKernel(kernel, channel) };
      }
      return read.kernel;
    },
    exportSvg,
    rasterizeSvg,
  };
}

/** Where the picture goes in as something else, any value of it may have been seen. */
function traceAll(height: number, width: number): ReturnType<CloserLook['trace']> {
  const patch = { rows: [...Array(height).keys()], columns: [...Array(width).keys()] };
  const field = { patches: [patch], exact: false };
  return { field, words: describeField(field) };
}

type FindKernel = (name: string) => ConvolutionKernel | undefined;

/** The convolutions that have a kernel for each map. */
const KINDS: Readonly<Record<string, KernelKind>> = {
  Conv2D: 'plain',
  DepthwiseConv2D: 'depthwise',
  Conv2DTranspose: 'transposed',
};

function findLayers(model: LayersModel): FindKernel {
  const layerOf = new Map(listUses(model).uses.map(({ path, layer }) => [path, layer]));
  return (name) => {
    const layer = layerOf.get(name);
    const kind = layer && KINDS[layer.getClassName()];
    const tensor = layer?.weights[0]?.read();
    return kind && tensor?.shape.length === 4 ? { kind, tensor } : undefined;
  };
}

/** What is shown of a convolution is the last node of what was one layer. */
function findNodes(model: GraphModelLike): FindKernel {
  const kernels = findNodeKernels(model);
  const pairs = pairConvolutions(readNodes(model));
  const nameOf = new Map(pairs.map(({ convolution, end }) => [end.name, convolution.name]));
  return (name) => kernels.get(name) ?? kernels.get(nameOf.get(name) ?? name);
}
