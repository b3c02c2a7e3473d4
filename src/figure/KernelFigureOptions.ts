import type { FigureOptions } from './FigureOptions';
import type { Scaling } from './scaling';

/** The names of {@link KernelFigureOptions}. */
export const KERNEL_FIGURE_OPTIONS = {
  colormap: true,
  scaling: true,
  columns: true,
  title: true,
  gap: true,
  channels: true,
  rgb: true,
} as const;

export interface KernelFigureOptions extends Pick<FigureOptions, 'colormap'> {
  /**
   * What the colours stand for, as in a figure of maps. With `rgb` no other than a fixed, linear range.
   * @defaultValue as far to both sides of 0 as the largest weight goes
   */
  scaling?: Scaling | undefined;
  /**
   * Maps in a row at the most.
   * @defaultValue the outputs, a row being an input; of a depthwise convolution and with `rgb` as `createFigure` does
   */
  columns?: number | undefined;
  /**
   * Text above the kernels.
   * @defaultValue `'Kernels: <layer>'`, with the sizes of a matrix, or the colours of `rgb`
   */
  title?: string | undefined;
  /**
   * Space between kernels, in cells (one cell shows one weight).
   * @defaultValue 1; 0 for windows of 1 × 1 in colours
   */
  gap?: number | undefined;
  /**
   * Which kernels to draw, from 0: that of input i and output k is `i · outputs + k`; with `rgb` that of output k is k.
   * @defaultValue all
   */
  channels?: readonly number[] | undefined;
  /**
   * Draws each output's kernel over three inputs as one colour picture: red is the weight of input 0, green of 1, blue of 2. A
   * weight of 0 is the grey in the middle, one that goes as far below 0 as the largest goes above is 0, the largest is 255.
   * @defaultValue false
   */
  rgb?: boolean | undefined;
}
