import type { LayersModel } from '@tensorflow/tfjs-layers';
import { type ComputeActivationsOptions, computeActivations } from '../activations/computeActivations';
import { describeValue, requireCallback, requireSignal } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { NetworkInput } from '../image/ImageInput';
import { IMAGE_OPTIONS } from '../image/imageToTensor';
import type { GraphModelLike } from '../model/graph/GraphModelLike';
import { lendActivationModel } from '../model/lendActivationModel';
import type { OpenedModel } from '../model/OpenedModel';
import type { ActivationModel } from '../model/selection/ActivationModel';
import type { LayerSelector } from '../model/selection/selectLayers';
import { type DescribeActivationsOptions, requireBins } from './describeActivations';
import type { LayerStatistics } from './LayerStatistics';
import { addActivation, type LayerState, summarizeLayer } from './layerState';

/** How far a description has come: plain data, which can be written as JSON and handed in again. */
export interface DatasetState {
  /** Entries of `images` that have been taken in. */
  readonly entries: number;
  readonly layers: readonly LayerState[];
}

export interface DescribeDatasetOptions extends ComputeActivationsOptions, DescribeActivationsOptions {
  /**
   * Which layers. An activation model has chosen already.
   * @defaultValue every convolution, by its class
   */
  layers?: LayerSelector | undefined;
  /** Called after each entry of `images`. */
  onProgress?: ((state: DatasetState) => void) | undefined;
  /** Stops after the entry at hand; the promise is rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** What an earlier call has told `onProgress`, to go on from there: as many entries are passed over. */
  resume?: DatasetState | undefined;
}

/**
 * Describes what layers put out for many images, as `describeActivations` does for those of one activation. It takes the
 * memory of one entry, whatever their number.
 *
 * @param model A layers model, a graph model, what `openModel` has returned, or an activation model; stays the caller's.
 * @param images Images, or batches of them, one after the other.
 * @returns An entry a layer.
 * @throws TypeError or RangeError (the promise is rejected) naming what is wrong; RangeError if there is no image.
 */
export async function describeDataset(
  model: LayersModel | GraphModelLike | OpenedModel | ActivationModel,
  images: Iterable<NetworkInput> | AsyncIterable<NetworkInput>,
  options: DescribeDatasetOptions = {},
): Promise<LayerStatistics[]> {
  requireOptions(options, {
    ...IMAGE_OPTIONS,
    bins: true,
    layers: true,
    onProgress: true,
    signal: true,
    resume: true,
  });
  const { layers, onProgress, signal, resume, bins = 64, ...rest } = options;
  requireBins(bins);
  requireImages(images);
  requireCallback('onProgress', onProgress);
  requireSignal(signal);
  if (resume !== undefined) requireState(resume);
  const { activationModel, giveBack } = lendActivationModel(model, layers);
  try {
    let state: DatasetState = resume ?? { entries: 0, layers: [] };
    requireSameLayers(state, activationModel);
    let entry = 0;
    for await (const img of images) {
      signal?.throwIfAborted();
      if (entry++ < (resume?.entries ?? 0)) continue;
      const activations = await computeActivations(activationModel, img, rest);
      const known = state.layers;
      state = {
        entries: entry,
        layers: activations.map((activation, index) => addActivation(known[index], activation, bins)),
      };
      onProgress?.(state);
    }
    if (state.layers.length === 0) throw new RangeError('images: expected at least one, got none');
    return state.layers.map(summarizeLayer);
  } finally {
    giveBack();
  }
}

function requireImages(images: unknown): void {
  const isList =
    typeof images === 'object' &&
    images !== null &&
    (Symbol.iterator in images || Symbol.asyncIterator in images);
  if (isList) return;
  throw new TypeError(`images: expected an iterable of images, got ${describeValue(images)}`);
}

function requireState(resume: DatasetState): void {
  if (Number.isSafeInteger(resume?.entries) && Array.isArray(resume.layers)) return;
  throw new TypeError(`resume: expected what onProgress was given, got ${describeValue(resume)}`);
}

function requireSameLayers({ layers }: DatasetState, activationModel: ActivationModel): void {
  if (layers.length === 0) return;
  const had = layers.map(({ layerName }) => layerName);
  // Optional ones may have been left out.
  const has = activationModel.layers
    .filter(({ name, optional }) => !optional || had.includes(name))
    .map(({ name }) => name);
  if (String(had) === String(has)) return;
  throw new RangeError(`resume: expected the layers ${has.join(', ')}, got ${had.join(', ')}`);
}
