import type { FigureOptions } from '../figure/createFigure';
import type { ScalingOptions } from '../figure/scaling';
import type { ImageOptions } from '../image/imageToTensor';
import type { LayerSelector } from '../model/selection/selectLayers';
import type { DrawingOptions } from './DrawingOptions';
import type { FormatName } from './formats';
import type { ReadValue } from './readValue';

/** A file for an input of the network. */
export interface NamedFile {
  readonly name: string;
  readonly file: string;
}

/** What the command itself is told, by the names of its options. */
interface Settings {
  digit?: number;
  model?: string;
  /** What other inputs than IMAGE are given, a `name=file` each. */
  input?: readonly NamedFile[];
  /** A file of class names. */
  labels?: string;
  layers?: LayerSelector;
  kernels?: string;
  rgb?: true;
  list?: true;
  json?: true;
  /** A scheme by its name, which is looked up only when it is drawn with. */
  colormap?: string;
  format?: readonly FormatName[];
  out?: string;
  quiet?: true;
  preActivation?: true;
  help?: true;
  version?: true;
}

/** Where the values of the options go: to the command, or to a function of the library. */
export interface OptionValues {
  readonly command: Settings;
  readonly image: ImageOptions;
  readonly figure: FigureOptions;
  /** What becomes the `scaling` of the figure. */
  readonly scaling: ScalingOptions;
  readonly drawing: DrawingOptions;
}

/** One option of the command line. */
export interface OptionRow {
  readonly name: string;
  /** One letter that says the same. */
  readonly short?: string;
  /** What stands for its value in the help; a switch, which has none, says what it means instead. */
  readonly value?: string;
  readonly help: string;
  /** Which of {@link OptionValues} takes the value, and by which name. */
  readonly target: keyof OptionValues;
  readonly key: string;
  readonly read: ReadValue<unknown>;
  /** True where it may be given several times, and all of them count. */
  readonly isList?: true;
}

/** Options that stand together in the help. */
export interface OptionGroup {
  readonly title: string;
  readonly rows: readonly OptionRow[];
}
