import { interpolateViridis } from 'd3-scale-chromatic';
import type { Colormap } from '../types';
import { createColormap } from './createColormap';

/** The colour map of the article and of matplotlib, with the 256 colours of d3-scale-chromatic. */
export const viridis: Colormap = /* @__PURE__ */ createColormap('viridis', interpolateViridis);
