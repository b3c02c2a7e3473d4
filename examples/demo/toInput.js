// Makes what someone has drawn or brought into what a network takes.
import { drawStrokes, fitDigit } from 'layerscope/data';
import { paintStrokes } from './paintPad.js';

/** Side of the drawing that a network in colour gets. */
const SIDE = 320;

/**
 * @param {{ strokes?: [number, number][][], image?: { width: number, height: number, data: Uint8Array }, picture?:
 * ImageData }} source strokes of the pad, a drawn digit, or a picture
 * @param {(number | null)[]} shape what the network takes: `[batch, height, width, channels]`
 * @returns pixels as the explorer takes them
 */
export function toInput({ strokes, image, picture }, [, height, width, channels]) {
  const readsDigits = height === 28 && width === 28 && channels === 1;
  if (picture) {
    // Where nothing is drawn, there is nothing to be centred.
    return readsDigits ? (fitDigit(picture)?.image ?? drawStrokes([])) : cropMiddle(picture, width / height);
  }
  // A network in grey gets white on black, as MNIST has it; one in colour a drawing on paper.
  if (channels === 1) return image ?? drawStrokes(strokes);
  if (image) return { ...image, data: image.data.map((value) => 255 - value) };
  return drawOnPaper(strokes);
}

/** Whether there is anything to be read in a picture. */
export function isBlank(picture) {
  return fitDigit(picture) === undefined;
}

function drawOnPaper(strokes) {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: SIDE, height: SIDE });
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = 'white';
  context.fillRect(0, 0, SIDE, SIDE);
  paintStrokes(context, SIDE, strokes, 'black');
  return context.getImageData(0, 0, SIDE, SIDE);
}

/** The largest part around the middle that is as wide for its height as the network's input, so that nothing is squashed. */
function cropMiddle(picture, aspect) {
  // An input of any size takes the picture as it is.
  if (!(aspect > 0 && Number.isFinite(aspect))) return picture;
  const width = Math.max(1, Math.round(Math.min(picture.width, picture.height * aspect)));
  const height = Math.max(1, Math.round(Math.min(picture.height, picture.width / aspect)));
  const [left, top] = [(picture.width - width) >> 1, (picture.height - height) >> 1];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * picture.width + left) * 4;
    data.set(picture.data.subarray(start, start + width * 4), y * width * 4);
  }
  return { width, height, data };
}
