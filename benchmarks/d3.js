import { interpolateViridis } from 'd3-scale-chromatic';

/** What d3 users write: a colour string for every value of a map, scaled by the map's own range. */
export function colorAsStrings({ shape, data }) {
  const [, height, width, channels] = shape;
  return Array.from({ length: channels }, (_, channel) => {
    let min = Number.POSITIVE_INFINITY;
    let max = Number.NEGATIVE_INFINITY;
    for (let at = channel; at < data.length; at += channels) {
      min = Math.min(min, data[at]);
      max = Math.max(max, data[at]);
    }
    const range = max - min || 1;
    const colors = new Array(height * width);
    for (let pixel = 0; pixel < colors.length; pixel++) {
      colors[pixel] = interpolateViridis((data[pixel * channels + channel] - min) / range);
    }
    return { width, height, colors };
  });
}

/** Calls `paint(x, y, color)` for each value, the maps side by side as in a figure. */
export function paintStrings(maps, columns, paint) {
  for (const [index, { width, height, colors }] of maps.entries()) {
    const left = (index % columns) * (width + 1);
    const top = Math.floor(index / columns) * (height + 1);
    for (let pixel = 0; pixel < colors.length; pixel++) {
      paint(left + (pixel % width), top + Math.floor(pixel / width), colors[pixel]);
    }
  }
}

/** Size of the grid in which {@link paintStrings} paints. */
export function measureGrid(maps, columns) {
  const [{ width, height }] = maps;
  const rows = Math.ceil(maps.length / columns);
  return { width: columns * (width + 1) - 1, height: rows * (height + 1) - 1 };
}

/** Red, green and blue of `'#rrggbb'`. */
export function parseHex(color) {
  const number = Number.parseInt(color.slice(1), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}
