import type { Colormap } from '../../common/types';

/**
 * `interpolateViridis` of d3-scale-chromatic 3.1.0 at 0/255 … 255/255, which a test compares. For red, green and blue:
 * the first byte, then the step from each to the next, 0 standing for -2. Written out so, because whoever bundles that
 * function bundles four such tables and what makes functions of them: 4 KB gzipped in place of 0.3.
 */
const CHANNELS: readonly (readonly [first: number, steps: string])[] = [
  [
    68,
    '23232223222232222222222222222122221222122122121221212121221212121212121212121212121221212122' +
      '12122121221221212212212212122122122212212222221223222223232323332333334333434343434434444444' +
      '44444444454445445445454545454545545455455455455455455455454554545454454',
  ],
  [
    1,
    '34343434343434334333433433343343333433343333433333433333343333333333433333333333333333333333' +
      '33233333333333333333233333333333333332333333333333333233333333333323333333332333333233333233' +
      '33233323332332333232332332323232323232323232232232322322322322322232232',
  ],
  [
    84,
    '43434334343343334333334333333323333233323323232323232232232223222322222322222222322222222222' +
      '22222222222222222222222222221222222122221222122122122121212211212121121112111211111111111111' +
      '11110111011011011010101001010010010010001000101001101111212232333334344',
  ],
];

/** The colour map of the article and of matplotlib, with the 256 colours of d3-scale-chromatic. */
export const viridis: Colormap = /* @__PURE__ */ readColors();

function readColors(): Colormap {
  const rgba = new Uint8Array(256 * 4).fill(255);
  CHANNELS.forEach(([first, steps], channel) => {
    let byte = first;
    for (let index = 0; index < 256; index++) {
      rgba[index * 4 + channel] = byte;
      byte += Number(steps[index]) - 2;
    }
  });
  return { name: 'viridis', rgba };
}
