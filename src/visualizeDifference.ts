import type { LayersModel } from '@tensorflow/tfjs-layers';
import { compareActivations } from './activations/compareActivations';
import { computeActivations } from './activations/computeActivations';
import { describeValue } from './common/errors';
import { requireOptions } from './common/requireOptions';
import type { Activation, Colormap, Figure, Renderer, RgbaImage } from './common/types';
import { diverging } from './figure/color/diverging';
import { combineChannels, describeCombination } from './figure/combineChannels';
import { createFigure, type FigureOptions } from './figure/createFigure';
import { FIGURE_OPTIONS } from './figure/FigureOptions';
import { findSharedRange } from './figure/measureRange';
import { requireColormap } from './figure/requireFigureInput';
import { titleOf } from './figure/titleOf';
import type { NetworkInput } from './image/ImageInput';
import { IMAGE_OPTIONS } from './image/imageToTensor';
import type { Preprocess } from './image/Preprocess';
import { createActivationModel } from './model/createActivationModel';
import type { GraphModelLike } from './model/graph/GraphModelLike';
import type { OpenedModel } from './model/OpenedModel';
import { type ActivationModel, isActivationModel } from './model/selection/ActivationModel';
import { requireRenderer } from './render/requireRenderer';
import { renderRgba } from './render/rgba/renderRgba';
import type { VisualizeLayersOptions } from './visualizeLayers';

/** A model and what it is given. */
export interface Look {
  readonly model: LayersModel | GraphModelLike | OpenedModel | ActivationModel;
  readonly img: NetworkInput;
  /** What becomes of the values of this one's picture, in place of what the options say of both. */
  readonly preprocess?: Preprocess | undefined;
}

/** One of the three figures of a layer. */
export interface DrawnActivation<Output> {
  readonly activation: Activation;
  readonly figure: Figure;
  readonly output: Output;
}

/** A layer as two looks show it, and the difference. */
export interface LayerDifference<Output> {
  readonly layer: string;
  readonly first: DrawnActivation<Output>;
  readonly second: DrawnActivation<Output>;
  /** First minus second. */
  readonly difference: DrawnActivation<Output>;
}

export interface VisualizeDifferenceOptions<Output>
  extends Omit<VisualizeLayersOptions<Output>, 'scaling' | 'title' | 'image'> {
  /** Which image of the batch to draw, from 0. */
  image?: number | undefined;
  /**
   * The colours of the difference, the middle one standing for 0.
   * @defaultValue red below, white at 0, blue above
   */
  differenceColormap?: Colormap | undefined;
}

/**
 * Shows what two images make of one model, or one image of two models: both layer by layer on one scale, and the difference
 * on one that goes as far to both sides of 0. With `combine`, the combined maps are what is compared.
 *
 * @param first A model and an image; they stay the caller's.
 * @param second The same; its model is that of the first if it has none. Its layers must have the shapes of the first's.
 * @returns An entry a layer. No tensor is left behind.
 * @throws TypeError or RangeError (the promise is rejected) naming the argument that is wrong.
 */
export async function visualizeDifference<Output = RgbaImage>(
  first: Look,
  second: Omit<Look, 'model'> & Partial<Look>,
  options: VisualizeDifferenceOptions<Output> = {},
): Promise<LayerDifference<Output>[]> {
  requireOptions(options, {
    ...IMAGE_OPTIONS,
    ...FIGURE_OPTIONS,
    scaling: false,
    title: false,
    preActivation: true,
    layers: true,
    differenceColormap: true,
    renderer: true,
  });
  requireLook('first', first);
  requireLook('second', second);
  const {
    layers,
    preActivation,
    differenceColormap = diverging,
    renderer = renderRgba as Renderer<unknown> as Renderer<Output>,
    resize,
    imageBackground,
    preprocess: preprocessOfBoth,
    maxPixels,
    ...rest
  } = options;
  requireRenderer(renderer);
  requireColormap(differenceColormap, 'differenceColormap');
  const look = async ({ model, img, preprocess = preprocessOfBoth }: Look) => {
    const made = isActivationModel(model);
    const activationModel = made ? model : createActivationModel(model, layers, { preActivation });
    try {
      return await computeActivations(activationModel, img, {
        resize,
        imageBackground,
        preprocess,
        maxPixels,
      });
    } finally {
      if (!made) activationModel.dispose();
    }
  };
  const one = await look(first);
  const other = await look({ ...second, model: second.model ?? first.model });
  if (one.length !== other.length) {
    throw new RangeError(
      `second: expected as many layers as the first has, ${one.length}, got ${other.length}`,
    );
  }
  return await Promise.all(
    one.map(async (activation, index): Promise<LayerDifference<Output>> => {
      const combination = describeCombination(activation, rest);
      const draw = async (shown: Activation, figureOptions: FigureOptions, drawn = shown) => {
        const made = createFigure(drawn, { ...rest, ...figureOptions });
        const tiles = made.tiles.map((tile) => ({ ...tile, ...(combination && { label: combination }) }));
        const figure = { ...made, tiles };
        return { activation: shown, figure, output: (await renderer(figure)) as Output };
      };
      const against = other[index]!;
      const difference = compareActivations(activation, against);
      const [combined, combinedOther] = [combineChannels(activation, rest), combineChannels(against, rest)];
      const [lowest, highest] = findSharedRange([combined, combinedOther], {});
      const shared: FigureOptions = lowest < highest ? { scaling: [lowest, highest] } : {};
      const { layerName } = activation;
      const titleFor = (role: string, shown: Activation, name = shown.layerName) =>
        titleOf({ ...shown, layerName: `${name}, ${role}` }, 1, 1, [combination]);
      return {
        layer: layerName,
        first: await draw(activation, { ...shared, title: titleFor('first', activation) }),
        second: await draw(against, { ...shared, title: titleFor('second', against) }),
        // What the two pictures differ by: the difference of the combined maps, which has but one channel.
        difference: await draw(
          difference,
          {
            ...(combination !== undefined && { combine: undefined, channels: undefined }),
            scaling: { per: 'layer', center: 0 },
            colormap: differenceColormap,
            title: titleFor('first minus second', difference, layerName),
          },
          combination === undefined ? difference : compareActivations(combined, combinedOther),
        ),
      };
    }),
  );
}

function requireLook(name: string, look: Partial<Look>): void {
  if (typeof look !== 'object' || look === null) {
    throw new TypeError(`${name}: expected { model, img }, got ${describeValue(look)}`);
  }
  requireOptions(look, { model: true, img: true, preprocess: true }, name);
  if (look.img === undefined) throw new TypeError(`${name}.img: expected an image, got undefined`);
}
