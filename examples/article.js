// The article's figures: what the convolutions of a small network see in a digit.
//
//   node examples/article.js [--digit 7 | --image my.png] [--out DIR]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { computeActivations, createActivationModel, createFigure, loadArticleCnn } from 'layerscope';
import { drawDigit } from 'layerscope/data';
import { readImageFile, saveFiles } from 'layerscope/node';
import { renderPng } from 'layerscope/png';
import { renderSvg } from 'layerscope/svg';
import { renderTerminal } from 'layerscope/terminal';
import { fitToNetwork } from './fitToNetwork.js';

const HELP = `Draws what the convolutions of the article's network see in a digit.

  --digit N    the digit to draw, 0 to 9 (default 3)
  --image FILE a picture of your own instead: PNG, JPEG, WebP, …
  --out DIR    where the figures go (default out)
  --help       this text`;

try {
  await main(readArguments());
} catch (error) {
  console.error(`error: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}

async function main({ help, digit, image, out }) {
  if (help) return console.log(HELP);

  const input = image === undefined ? drawDigit(digit) : await readPicture(image);
  const model = await loadArticleCnn();
  const activationModel = createActivationModel(model, /conv|dense/);
  const activations = await computeActivations(activationModel, input, { resize: 'antialias' });
  const probabilities = activations.at(-1).data;
  const predicted = probabilities.indexOf(Math.max(...probabilities));
  console.log(
    `predicted digit: ${predicted} (probability ${(100 * probabilities[predicted]).toFixed(2)} %)\n`,
  );

  const figures = activations.slice(0, -1).map((activation) => createFigure(activation));
  const files = [];
  for (const [index, figure] of figures.entries()) {
    const name = activations[index].layerName;
    files.push([join(out, `${name}.png`), await renderPng(figure, { createCanvas: await findCanvas() })]);
    files.push([join(out, `${name}.svg`), renderSvg(figure)]);
  }
  await saveFiles(files).catch((error) => {
    throw new Error(error.message.replace(/^path:/, '--out:'), { cause: error });
  });

  const color = process.stdout.isTTY ? !process.env.NO_COLOR : false;
  const width = Math.max(8, Math.min(process.stdout.columns ?? 80, 120));
  for (const figure of figures) console.log(renderTerminal(figure, { width, color }));
  console.log(`written: ${files.map(([path]) => path).join(', ')}`);
}

function readArguments() {
  const options = {
    digit: { type: 'string' },
    image: { type: 'string' },
    out: { type: 'string' },
    help: { type: 'boolean' },
  };
  const { values } = parseArgs({ options });
  if (values.digit !== undefined && values.image !== undefined) {
    throw new TypeError('--digit, --image: expected one of them, got both');
  }
  if (values.digit !== undefined && !/^\d$/.test(values.digit)) {
    throw new RangeError(`--digit: expected a digit from 0 to 9, got ${JSON.stringify(values.digit)}`);
  }
  if (values.out === '') throw new TypeError('--out: expected the name of a folder, got nothing');
  return {
    help: values.help,
    digit: Number(values.digit ?? 3),
    image: values.image,
    out: values.out ?? 'out',
  };
}

async function readPicture(path) {
  const picture = await readImageFile(path).catch((error) => {
    throw new Error(error.message.replace(/^path:/, '--image:'), { cause: error });
  });
  const fitted = fitToNetwork(picture);
  if (!fitted) {
    throw new Error(
      `--image: expected a picture with something in it, got ${JSON.stringify(path)}, which is all of one colour`,
    );
  }
  const { image, steps } = fitted;
  if (image.width !== 28) steps.push(`scaled from ${image.width} × ${image.height} to 28 × 28`);
  console.log(`${path}: ${steps.join(', ')}`);
  return image;
}

/** Titles in a PNG take a canvas; without one the figures have none. */
async function findCanvas() {
  const canvas = await import('@napi-rs/canvas').catch(() => undefined);
  return canvas?.createCanvas;
}
