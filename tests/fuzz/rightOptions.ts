import { viridis } from '../../src/index';

/** Options that many functions have, each with a value that is right. */
export const image = {
  resize: false,
  imageBackground: 'black',
  preprocess: { scale: 1, offset: 0, mean: [0] },
  maxPixels: 1000,
};

export const look = {
  columns: 8,
  gap: 1,
  channels: [0, 1],
  colormap: viridis,
  sort: 'index',
  first: 2,
  slice: 0,
  vectors: 'strip',
  missingColor: 'white',
  belowColor: 'black',
  aboveColor: 'white',
  deadColor: '#f00',
  markDead: [0],
};

export const scaling = { per: 'layer', percentiles: [1, 99], log: false };

const picture = { pixelSize: 2, gap: 1, title: true, colorBar: true, background: 'white', color: 'black' };

export const text = { ...picture, fontFamily: 'sans-serif' };

export const timing = { delay: 10, hold: 20, plays: 0 };

export const onProgress = () => undefined;
export const { signal } = new AbortController();
