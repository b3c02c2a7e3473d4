// The article's figures of one network: into files, and small in the terminal.
import { join } from 'node:path';
import { createFigure, visualizeLayers } from 'layerscope';
import { saveFiles } from 'layerscope/node';
import { renderPng } from 'layerscope/png';
import { renderTerminal } from 'layerscope/terminal';

/** Characters: enough for eight maps in a row that can be told apart. */
const WIDTH = 64;

/**
 * @param {import('@tensorflow/tfjs-layers').LayersModel} model
 * @param {{ width: number, height: number, data: Uint8Array }} image
 * @param {'before' | 'after'} when what the files' names begin with
 * @param {string} folder
 * @returns {Promise<string[]>} the paths of the files written
 */
export async function drawMaps(model, image, when, folder) {
  const createCanvas = await findCanvas();
  const color = process.stdout.isTTY ? !process.env.NO_COLOR : false;
  const width = Math.max(8, Math.min(process.stdout.columns ?? WIDTH, WIDTH));
  const figures = [];
  const files = [];
  for (const { layer, activation } of await visualizeLayers(model, image)) {
    const figure = createFigure(activation, { title: `Layer: ${layer}, ${when} training` });
    figures.push(figure);
    files.push([join(folder, `${when}-${layer}.png`), await renderPng(figure, { createCanvas })]);
  }
  await saveFiles(files);
  for (const figure of figures) console.log(renderTerminal(figure, { width, color }));
  return files.map(([path]) => path);
}

/** Titles in a PNG take a canvas; without one the figures have none. */
async function findCanvas() {
  const canvas = await import('@napi-rs/canvas').catch(() => undefined);
  return canvas?.createCanvas;
}
