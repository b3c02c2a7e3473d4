import type { Range, ScaleGroup } from '../figure/scaling';
import type { Preprocess, PreprocessSteps } from '../image/Preprocess';
import { FORMAT_NAMES } from './formats';
import type { NamedFile, OptionGroup, OptionRow, OptionValues } from './OptionRow';
import {
  anyNumber,
  anyText,
  expected,
  layerSelector,
  numberList,
  oneOf,
  type ReadValue,
  readRange,
  someOf,
  someText,
  wholeNumber,
} from './readValue';

/** Every option there is. A row here is all that an option of a figure or a renderer takes. */
export const OPTION_GROUPS: readonly OptionGroup[] = [
  {
    title: 'What goes in',
    rows: [
      row('command', 'digit', 'N', 'a drawn digit, 0 to 9, instead of IMAGE (default 3)', readDigit),
      row(
        'command',
        'model',
        'PATH',
        'a .keras, .h5, .onnx or model.json file, a ZIP archive or a folder of one (default a small network)',
        someText('the path of a model'),
      ),
      {
        name: 'input',
        value: 'NAME=FILE',
        help: 'with --model: what one of several inputs gets: an image, .npy or .json; once for each (IMAGE goes to the one that is left)',
        target: 'command',
        key: 'input',
        read: readNamedFile,
        isList: true,
      },
      row(
        'image',
        'resize',
        'HOW',
        'with --model: whether IMAGE is made to fit: true, false or antialias (default antialias)',
        readResize,
      ),
      row(
        'image',
        'preprocess',
        'HOW',
        'with --model: what bytes become: unit 0..1, tf -1..1, torch, caffe, none 0..255, or a JSON object of steps (default none where the network rescales them or takes integers, else unit)',
        readPreprocess,
      ),
      row(
        'image',
        'imageBackground',
        'COLOR',
        'with --model: behind transparent parts (default black)',
        someText('a colour'),
      ),
      row('image', 'maxPixels', 'N', 'pixels that IMAGE may have (default 33554432)', wholeNumber(1)),
    ],
  },
  {
    title: 'What comes out',
    rows: [
      row(
        'command',
        'layers',
        'WHICH',
        'part of a name, /expression/flags, or paths with commas (default all convolutions, or what has weights where there are none)',
        layerSelector,
        'l',
      ),
      row(
        'command',
        'labels',
        'FILE',
        'with --model: names of the classes, for what is predicted: a line each, or JSON',
        someText('the path of a file'),
      ),
      row(
        'command',
        'kernels',
        'LAYER',
        'the weights of a convolution instead; takes no IMAGE',
        someText('the path of a layer'),
      ),
      flag('rgb', 'with --kernels: weights of three inputs as red, green and blue'),
      row(
        'command',
        'format',
        'LIST',
        `${FORMAT_NAMES.join(', ')}, with commas (default png, and terminal where the output is one)`,
        someOf(FORMAT_NAMES),
        'f',
      ),
      row(
        'command',
        'out',
        'DIR',
        'a folder for the files, made if missing (default out)',
        someText('the name of a folder'),
        'o',
      ),
      {
        name: 'pre-activation',
        help: 'what goes into the activation functions, not what comes out',
        target: 'command',
        key: 'preActivation',
        read: () => true,
      },
      flag('list', 'the layers of the model as a table, nothing drawn'),
      flag('json', 'with --list: as JSON'),
      flag('quiet', 'nothing but errors, and the figures if the terminal was asked for', 'q'),
    ],
  },
  {
    title: 'The figure',
    rows: [
      row(
        'figure',
        'columns',
        'N',
        'maps in a row at the most (default 8; of more than 64 maps, about square)',
        wholeNumber(1),
      ),
      row('figure', 'gap', 'N', 'cells between maps, one cell a value (default 1)', wholeNumber(0)),
      row('figure', 'title', 'TEXT', 'the text above the maps (default the layer)', anyText),
      row('figure', 'channels', 'LIST', 'which channels and in which order: 0,3,5 (default all)', numberList),
      row(
        'figure',
        'sort',
        'HOW',
        'largest first: maximum, mean, variance or zeros (default index)',
        oneOf(['index', 'maximum', 'mean', 'variance', 'zeros'] as const),
      ),
      row(
        'figure',
        'combine',
        'HOW',
        'one map of all channels, or of --channels: mean, maximum or sum',
        oneOf(['mean', 'maximum', 'sum'] as const),
      ),
      row('figure', 'first', 'N', 'only the first N maps (default all)', wholeNumber(1)),
      {
        name: 'scaling',
        value: 'HOW',
        help: 'what the colours span: map (each by itself), layer, all, or LOW,HIGH (default map)',
        target: 'scaling',
        key: 'per',
        read: readScaling,
      },
      row(
        'scaling',
        'percentiles',
        'LOW,HIGH',
        'from which percentile to which: 1,99 (default 0,100)',
        (text, name) => {
          const range = readRange(text);
          if (!range) throw expected(name, 'two numbers with a comma between them', text);
          if (range[0] >= 0 && range[0] < range[1] && range[1] <= 100) return range;
          throw expected(name, 'two numbers from 0 to 100, the first the smaller', text);
        },
      ),
      row('scaling', 'center', 'N', 'a value for the middle colour, as far to both sides', anyNumber),
      { name: 'log', help: 'colours follow the logarithm', target: 'scaling', key: 'log', read: () => true },
      row(
        'command',
        'colormap',
        'NAME',
        'a scheme of d3-scale-chromatic: Inferno, RdBu, … (default Viridis)',
        someText('the name of a scheme'),
      ),
      ...(['missing', 'below', 'above'] as const).map((what) =>
        row(
          'figure',
          `${what}Color`,
          'COLOR',
          `of values ${what === 'missing' ? 'that are not finite' : `${what} the range`}`,
          someText('a colour'),
        ),
      ),
      {
        name: 'mark-dead',
        help: 'a cross over maps that are all 0',
        target: 'figure',
        key: 'markDead',
        read: () => true,
      },
      row('figure', 'slice', 'N', 'which slice of a volume, or all (default the middle one)', (text, name) =>
        text === 'all' ? text : wholeNumber(0)(text, name),
      ),
      row(
        'figure',
        'vectors',
        'HOW',
        'how vectors are drawn: strip or block (default by length)',
        oneOf(['strip', 'block'] as const),
      ),
    ],
  },
  {
    title: 'How it is drawn',
    rows: [
      row(
        'drawing',
        'pixelSize',
        'N',
        'pixels a value in PNG and SVG (default what makes about 900 in all)',
        wholeNumber(1),
      ),
      row('drawing', 'background', 'COLOR', 'around the maps (default white)', someText('a colour')),
      row('drawing', 'color', 'COLOR', 'of the title (default black)', someText('a colour')),
      row(
        'drawing',
        'fontFamily',
        'NAME',
        'of the title (default system-ui, sans-serif)',
        someText('the name of a font'),
      ),
      row(
        'drawing',
        'width',
        'N',
        'characters in a line of the terminal (default its own, at most 120)',
        wholeNumber(8),
      ),
      { name: 'color-bar', help: 'colour bars', target: 'drawing', key: 'colorBar', read: () => true },
      { name: 'no-title', help: 'no title', target: 'drawing', key: 'title', read: () => false },
    ],
  },
  {
    title: 'Else',
    rows: [flag('help', 'this text', 'h'), flag('version', 'the version of layerscope', 'V')],
  },
];

export const OPTION_ROWS: readonly OptionRow[] = OPTION_GROUPS.flatMap(({ rows }) => rows);

/** A row whose option is called as its key is, with `-` before what is a capital there. */
function row<Target extends keyof OptionValues, Key extends keyof OptionValues[Target] & string>(
  target: Target,
  key: Key,
  value: string,
  help: string,
  read: ReadValue<OptionValues[Target][Key]>,
  short?: string,
): OptionRow {
  const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { name, value, help, target, key, read, ...(short !== undefined && { short }) };
}

function flag(
  key: 'rgb' | 'list' | 'json' | 'quiet' | 'help' | 'version',
  help: string,
  short?: string,
): OptionRow {
  return { name: key, help, target: 'command', key, read: () => true, ...(short !== undefined && { short }) };
}

function readDigit(text: string, name: string): number {
  if (/^\d$/.test(text)) return Number(text);
  throw expected(name, 'a digit from 0 to 9', text);
}

function readNamedFile(text: string, name: string): NamedFile {
  const [, input, file] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (input !== undefined && file !== undefined) return { name: input, file };
  throw expected(name, 'the name of an input, = and the path of a file', text);
}

function readResize(text: string, name: string): boolean | 'antialias' {
  const how = oneOf(['true', 'false', 'antialias'])(text, name);
  return how === 'antialias' ? how : how === 'true';
}

/** A JSON object is checked by the library, which knows how many channels there are. */
function readPreprocess(text: string, name: string): Preprocess {
  if (!text.trimStart().startsWith('{')) {
    return oneOf(['unit', 'tf', 'torch', 'caffe', 'none'] as const)(text, name);
  }
  try {
    return JSON.parse(text) as PreprocessSteps;
  } catch {
    throw expected(name, 'a JSON object such as {"scale":1,"mean":[104,117,123]}', text);
  }
}

function readScaling(text: string, name: string): ScaleGroup | Range {
  if (text === 'map' || text === 'layer' || text === 'all') return text;
  const range = readRange(text);
  if (!range) throw expected(name, 'map, layer, all or LOW,HIGH', text);
  if (!(range[0] < range[1])) throw expected(name, 'a lowest value below the highest', text);
  return range;
}
