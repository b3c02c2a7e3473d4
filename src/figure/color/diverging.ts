import type { Colormap } from '../../common/types';

/** Negative, zero, positive: dark red, red, white, blue, dark blue; white in light and dark pages alike. */
const STOPS = [
  [103, 0, 31],
  [214, 96, 77],
  [247, 247, 247],
  [67, 147, 195],
  [5, 48, 97],
] as const;

/** Colours for weights, the middle one standing for 0. */
export const diverging: Colormap = /* @__PURE__ */ interpolateStops();

function interpolateStops(): Colormap {
  const rgba = new Uint8Array(1024).fill(255);
  for (let index = 0; index < 256; index++) {
    const at = (index / 255) * (STOPS.length - 1);
    const stop = Math.min(STOPS.length - 2, Math.floor(at));
    for (let part = 0; part < 3; part++) {
      const [from, to] = [STOPS[stop]![part]!, STOPS[stop + 1]![part]!];
      rgba[index * 4 + part] = Math.round(from + (to - from) * (at - stop));
    }
  }
  return { name: 'red-white-blue', rgba };
}
