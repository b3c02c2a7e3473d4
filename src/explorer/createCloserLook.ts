import type { LayersModel, layers } from '@tensorflow/tfjs-layers';
import type { Colormap } from '../common/types';
import { listUses } from '../model/layers/listUses';
import { planReceptiveField, type ReceptiveFieldPlan } from '../model/receptiveField/planReceptiveField';
import { type ReceptiveField, traceReceptiveField } from '../model/receptiveField/traceReceptiveField';
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

export function createCloserLook(
  make: MakeElement,
  model: LayersModel,
  colormap: Colormap,
  events: DetailEvents,
): CloserLook {
  let planned:
    | { readonly plan: ReceptiveFieldPlan; readonly height: number; readonly width: number }
    | undefined;
  const layerOf = new Map(listUses(model).uses.map(({ path, layer }) => [path, layer]));
  let read:
    | {
        readonly layer: layers.Layer | undefined;
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
      if (planned?.height !== height || planned.width !== width) {
        planned = { plan: planReceptiveField(model, [height, width]), height, width };
      }
      const field = traceReceptiveField(planned.plan, layer, row, column);
      return { field, words: describeField(field) };
    },
    readKernel(name, channel) {
      const layer = layerOf.get(name);
      // Other weights are other data; with the same ones, each frame asks again for the same kernel.
      const weights = layer?.weights[0]?.read().dataId;
      if (read?.layer !== layer || read?.channel !== channel || read?.weights !== weights) {
        read = { layer, channel, weights, kernel: layer && readKernel(layer, channel) };
      }
      return read.kernel;
    },
    exportSvg,
    rasterizeSvg,
  };
}
