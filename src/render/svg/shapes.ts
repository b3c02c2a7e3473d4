import type { Rgba } from '../../common/parseColor';
import type { Colormap } from '../../common/types';

/** Path data of a rectangle. */
export function rectangle(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}h${width}v${height}h${-width}z`;
}

/** The attributes that fill a shape with a colour. */
export function fill([red, green, blue, alpha]: Rgba): string {
  const hex = [red, green, blue].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `fill="#${hex}"${alpha === 255 ? '' : ` fill-opacity="${alpha / 255}"`}`;
}

/** The attributes that fill a shape with a colour of a colour map. */
export function fillWith(colormap: Colormap, index: number): string {
  const [red, green, blue, alpha] = colormap.rgba.subarray(index * 4, index * 4 + 4);
  return fill([red!, green!, blue!, alpha!]);
}
