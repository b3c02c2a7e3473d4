import { describe, expect, it } from 'vitest';
import { fitDigit } from '../../src/data/fitDigit';
import { runScript } from '../runScript';

/** Runs a script that can draw pictures of digits and have the article's network read them. */
function run(script: string) {
  const { stdout, stderr } = runScript(`
    import { createCanvas } from '@napi-rs/canvas';
    import { computeActivations, createActivationModel, loadArticleCnn } from 'layerscope';
    import { drawDigit, fitDigit } from 'layerscope/data';

    const model = createActivationModel(await loadArticleCnn(), 'dense');

    function createPicture(width, height, paper) {
      const context = createCanvas(width, height).getContext('2d');
      if (paper) {
        context.fillStyle = paper;
        context.fillRect(0, 0, width, height);
      }
      return context;
    }

    /** Draws a digit, as large as its 28 × 28 pixels are made, onto a picture of another size. */
    function draw(digit, { width, height, left, top, size, ink, paper }) {
      const stamp = createPicture(28, 28, ink);
      const pixels = stamp.getImageData(0, 0, 28, 28);
      drawDigit(digit).data.forEach((value, at) => {
        pixels.data[4 * at + 3] = value;
      });
      stamp.putImageData(pixels, 0, 0);
      const context = createPicture(width, height, paper);
      context.drawImage(stamp.canvas, left, top, size, size);
      return context.getImageData(0, 0, width, height);
    }

    async function read(picture) {
      const { image } = fitDigit(picture);
      const [{ data }] = await computeActivations(model, image, { resize: 'antialias' });
      return data.indexOf(Math.max(...data));
    }

    ${script}`);
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}

const DIGITS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Sizes of pictures, and where in them the 28 × 28 pixels of the digit go. */
const PLACES = {
  'as the network has it': { width: 28, height: 28, left: 0, top: 0, size: 28 },
  'in a wide picture': { width: 600, height: 200, left: 400, top: 10, size: 180 },
  'in the upper left corner': { width: 300, height: 300, left: -5, top: -15, size: 100 },
  'in the lower right corner': { width: 300, height: 300, left: 205, top: 215, size: 100 },
  'small in a large picture': { width: 1500, height: 1000, left: 1200, top: 100, size: 60 },
  'in a high and narrow picture': { width: 100, height: 900, left: 0, top: 700, size: 100 },
  'large, up to the edges': { width: 700, height: 900, left: -225, top: -125, size: 1150 },
};
const COLOURS = [
  { ink: 'black', paper: 'white' },
  { ink: 'white', paper: 'black' },
  { ink: '#778', paper: '#ccb' },
  { ink: '#ccb', paper: '#556' },
  { ink: 'white' },
  { ink: 'navy' },
];

describe('fitDigit', () => {
  it.each(Object.entries(PLACES))('makes digits readable that are %s, whatever their colours', (_, place) => {
    const answers = run(`
      const answers = [];
      for (const colours of ${JSON.stringify(COLOURS)}) {
        const row = [];
        for (const digit of ${JSON.stringify(DIGITS)}) {
          row.push(await read(draw(digit, { ...${JSON.stringify(place)}, ...colours })));
        }
        answers.push(row);
      }
      console.log(JSON.stringify(answers));`);
    expect(answers).toEqual(COLOURS.map(() => DIGITS));
  });

  it('puts the longer side on 20 of 28 pixels, the centre of mass in the middle', () => {
    const { width, height, box, centre, steps } = run(`
      const picture = createPicture(90, 60, 'white');
      picture.fillStyle = 'black';
      picture.fillRect(30, 10, 8, 40);
      picture.fillRect(38, 10, 16, 10);
      const { image, steps } = fitDigit(picture.getImageData(0, 0, 90, 60));
      const inked = [...image.data.keys()].filter((at) => image.data[at] === 1);
      const [xs, ys] = [inked.map((at) => at % image.width), inked.map((at) => Math.floor(at / image.width))];
      const span = (values) => Math.max(...values) - Math.min(...values) + 1;
      const mean = (values) => values.reduce((sum, value) => sum + value + 0.5, 0) / values.length;
      console.log(JSON.stringify({
        width: image.width,
        height: image.height,
        box: [span(xs), span(ys)],
        centre: [mean(xs), mean(ys)],
        steps,
      }));`);
    expect([width, height]).toEqual([56, 56]);
    expect(box).toEqual([24, 40]);
    for (const coordinate of centre) expect(Math.abs(coordinate - 28)).toBeLessThanOrEqual(0.5);
    expect(steps).toEqual([
      'inverted, since it is dark on light',
      'cropped to what is drawn, 24 × 40 of 90 × 60',
      'centred by its mass in a square of 56 × 56',
    ]);
  });

  it('lays dark strokes on transparency over white, light ones over black, and says so', () => {
    const steps = run(`
      const steps = ['white', 'black'].map((colour) => {
        const picture = createPicture(40, 40);
        picture.fillStyle = colour;
        picture.fillRect(10, 10, 5, 20);
        return fitDigit(picture.getImageData(0, 0, 40, 40)).steps.slice(0, 2);
      });
      console.log(JSON.stringify(steps));`);
    expect(steps).toEqual([
      ['laid over black', 'cropped to what is drawn, 5 × 20 of 40 × 40'],
      ['laid over white', 'inverted, since it is dark on light'],
    ]);
  });

  const DECODE =
    '; readImageFile of layerscope/node decodes files to that, on a page getImageData of a canvas';
  it.each<[string, unknown, string]>([
    ['grey', { width: 2, height: 1, data: new Uint8Array(2) }, '2 bytes for 2 × 1'],
    ['floats', { width: 1, height: 1, data: new Float32Array(4) }, `an object${DECODE}`],
    ['nothing', undefined, `undefined${DECODE}`],
  ])('refuses %s', (_, picture, got) => {
    expect(() => fitDigit(picture as never)).toThrow(
      new TypeError(`picture: expected { width, height, data } with 4 bytes a pixel, got ${got}`),
    );
  });

  it('finds nothing in a picture of one colour', () => {
    const found = run(`
      const pictures = ['white', 'black', '#808080', undefined].map((paper) => createPicture(30, 20, paper));
      pictures[2].fillStyle = '#858585';
      pictures[2].fillRect(5, 5, 9, 9);
      const found = pictures.map((picture) => fitDigit(picture.getImageData(0, 0, 30, 20)) ?? 'nothing');
      console.log(JSON.stringify(found));`);
    expect(found).toEqual(['nothing', 'nothing', 'nothing', 'nothing']);
  });

  it('is lean with a photograph of 27 million pixels', () => {
    const { memory, edge } = run(`
      const data = new Uint8ClampedArray(6000 * 4500 * 4).fill(255);
      for (let y = 500; y < 4000; y++) data.fill(0, (y * 6000 + 2000) * 4, (y * 6000 + 2500) * 4);
      for (let at = 3; at < data.length; at += 4) data[at] = 255;
      const before = process.resourceUsage().maxRSS;
      const { image } = fitDigit({ width: 6000, height: 4500, data });
      console.log(JSON.stringify({
        memory: (process.resourceUsage().maxRSS - before) / 1024,
        edge: image.width,
      }));`);
    expect(edge).toBeLessThan(600);
    // A byte a pixel where this was written; an object a pixel took 660 MB.
    expect(memory).toBeLessThan(120);
  });
});
