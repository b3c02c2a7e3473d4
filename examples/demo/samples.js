// Ten drawn digits to pick from. A digit that has been picked is written anew, by another hand.
import { drawDigit } from 'layerscope/data';

/**
 * @param {HTMLElement} element gets a button a digit
 * @param {(digit: number, image: { width: number, height: number, data: Uint8Array }) => void} onPick
 */
export function createSamples(element, onPick) {
  const pickers = Array.from({ length: 10 }, (_, digit) => createSample(digit, onPick));
  element.append(...pickers.map(({ button }) => button));
  return { pick: (digit) => pickers[digit].pick() };
}

function createSample(digit, onPick) {
  const button = document.createElement('button');
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width: 28, height: 28 });
  button.type = 'button';
  button.setAttribute('aria-label', `Drawn digit ${digit}`);
  button.append(canvas);
  let seed = 1;
  let image = drawDigit(digit, { seed });
  paint(canvas, image);

  function pick() {
    onPick(digit, image);
    image = drawDigit(digit, { seed: ++seed });
    paint(canvas, image);
  }
  button.addEventListener('click', pick);
  return { button, pick };
}

/** Paints ink of some strength; the stylesheet turns it over where the page is dark. */
function paint(canvas, { width, height, data }) {
  const pixels = new ImageData(width, height);
  for (let at = 0; at < data.length; at++) pixels.data[at * 4 + 3] = data[at];
  canvas.getContext('2d').putImageData(pixels, 0, 0);
}
