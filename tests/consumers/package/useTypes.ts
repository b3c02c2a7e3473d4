import type { LayersModel } from '@tensorflow/tfjs-layers';
import {
  type Activation,
  type ActivationModel,
  buildArticleCnn,
  computeActivations,
  createActivationModel,
  createFigure,
  type Figure,
  type LayerFigure,
  type LayerSelector,
  type Renderer,
  type RgbaImage,
  visualizeLayers,
} from 'layerscope';
import { renderCanvas } from 'layerscope/canvas';
import { type SchemeName, schemeColormap } from 'layerscope/colormaps';
import { drawDigit, drawDigits } from 'layerscope/data';
import { loadGraphModel } from 'layerscope/node';
import { renderPng } from 'layerscope/png';
import { renderRgba } from 'layerscope/rgba';
import { renderSvg } from 'layerscope/svg';
import { renderTerminal } from 'layerscope/terminal';
import { type TrainedCnn, trainArticleCnn } from 'layerscope/training';

const countTiles: Renderer<number> = (figure) => figure.tiles.length;
const selectors: LayerSelector[] = ['conv', /conv\d/, ['conv1'], (layer) => layer.name === 'conv1'];

export async function useTypes(): Promise<void> {
  const model: LayersModel = buildArticleCnn({ seed: 1 });
  const activationModel: ActivationModel = createActivationModel(model, selectors[0]);
  const activations: Activation[] = await computeActivations(activationModel, drawDigit(3), { resize: true });
  const figure: Figure = createFigure(activations[0]!, { columns: 4 });
  const rgba: RgbaImage = renderRgba(figure, { pixelSize: 2 });
  const svg: string = renderSvg(figure);
  const png = renderPng(figure);
  const text: string = renderTerminal(figure, { width: 80 });
  const canvas: HTMLCanvasElement = renderCanvas(figure);

  const byDefault: LayerFigure<RgbaImage>[] = await visualizeLayers(model, [[0]]);
  const counted: LayerFigure<number>[] = await visualizeLayers(model, new ImageData(28, 28), {
    renderer: countTiles,
  });
  const drawn: LayerFigure<Uint8Array>[] = await visualizeLayers(activationModel, canvas, {
    renderer: (given) => renderPng(given, { pixelSize: 3 }),
  });
  const blob = new Blob([await png, new Uint8Array(rgba.data)]);
  const pixels = new ImageData(rgba.data, rgba.width);
  const schemes: SchemeName[] = ['Inferno', 'RdBu'];
  const inferno: Figure = createFigure(activations[0]!, { colormap: schemeColormap('Inferno') });
  // @ts-expect-error: it is called Viridis
  schemeColormap('viridis');
  const graph = await loadGraphModel('folder');
  await visualizeLayers(graph, pixels);
  graph.dispose();
  const canvases = await visualizeLayers(model, [[0]], { renderer: renderCanvas });
  document.body.append(...canvases.map(({ output }) => output));
  // @ts-expect-error: columns is a number
  await visualizeLayers(model, [[0]], { columns: '8' });
  const trained: TrainedCnn = await trainArticleCnn(drawDigits(10), {
    onEpoch: ({ epoch, loss }) => epoch * loss,
  });
  console.log(trained, blob, schemes, inferno, rgba, svg, png, text, byDefault, counted, drawn);
}
