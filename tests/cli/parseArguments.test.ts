import { describe, expect, it } from 'vitest';
import { OPTION_ROWS } from '../../src/cli/options';
import { parseArguments } from '../../src/cli/parseArguments';
import { UsageError } from '../../src/cli/UsageError';

describe('parseArguments', () => {
  it('takes nothing at all', () => {
    expect(parseArguments([])).toEqual({ command: {}, image: {}, figure: {}, scaling: {}, drawing: {} });
  });

  it.each<[string[], object]>([
    [['a.png'], { picture: 'a.png' }],
    [['-'], { picture: '-' }],
    [['--', '-a.png'], { picture: '-a.png' }],
    [['--digit', '7'], { command: { digit: 7 } }],
    [['--model', 'my', '--resize', 'false'], { command: { model: 'my' }, image: { resize: false } }],
    [['--model', 'my', '--resize', 'true'], { command: { model: 'my' }, image: { resize: true } }],
    [['--model', 'm', '--resize=antialias'], { command: { model: 'm' }, image: { resize: 'antialias' } }],
    [
      ['--model', 'm', '--image-background', 'red'],
      { command: { model: 'm' }, image: { imageBackground: 'red' } },
    ],
    [['--layers', 'conv'], { command: { layers: 'conv' } }],
    [['-l', 'a/conv1, conv2'], { command: { layers: ['a/conv1', 'conv2'] } }],
    [['--layers', '/^conv\\d$/i'], { command: { layers: /^conv\d$/i } }],
    [['--layers', 'backbone/conv'], { command: { layers: 'backbone/conv' } }],
    [['--kernels', 'conv1'], { command: { kernels: 'conv1' } }],
    [['--kernels', 'conv1', '--rgb'], { command: { kernels: 'conv1', rgb: true } }],
    [['--combine', 'mean', '--channels', '1,2'], { figure: { combine: 'mean', channels: [1, 2] } }],
    [['--format', 'svg,png, svg'], { command: { format: ['svg', 'png'] } }],
    [['-f', 'terminal', '-o', 'x'], { command: { format: ['terminal'], out: 'x' } }],
    [['--list', '--json'], { command: { list: true, json: true } }],
    [['-q', '-h', '-V'], { command: { quiet: true, help: true, version: true } }],
    [['--columns', '4', '--gap=0'], { figure: { columns: 4, gap: 0 } }],
    [['--title', ''], { figure: { title: '' } }],
    [['--channels', '0,3, 5'], { figure: { channels: [0, 3, 5] } }],
    [['--scaling', 'layer'], { scaling: { per: 'layer' } }],
    [['--scaling', '-1,0.5'], { scaling: { per: [-1, 0.5] } }],
    [['--percentiles', '1,99'], { scaling: { percentiles: [1, 99] } }],
    [['--center', '-1.5'], { scaling: { center: -1.5 } }],
    [['--log'], { scaling: { log: true } }],
    [['--sort', 'mean', '--first', '4'], { figure: { sort: 'mean', first: 4 } }],
    [['--slice', 'all'], { figure: { slice: 'all' } }],
    [['--slice', '2'], { figure: { slice: 2 } }],
    [['--vectors', 'block'], { figure: { vectors: 'block' } }],
    [
      ['--missing-color', 'red', '--below-color', '#fff', '--above-color', '#000'],
      { figure: { missingColor: 'red', belowColor: '#fff', aboveColor: '#000' } },
    ],
    [['--mark-dead'], { figure: { markDead: true } }],
    [['--color-bar'], { drawing: { colorBar: true } }],
    [['--pre-activation'], { command: { preActivation: true } }],
    [['--scaling', '-.5,1e3'], { scaling: { per: [-0.5, 1000] } }],
    [['--colormap', 'RdBu'], { command: { colormap: 'RdBu' } }],
    [
      ['--pixel-size', '3', '--background', 'black', '--color', 'white', '--font-family', 'serif'],
      { drawing: { pixelSize: 3, background: 'black', color: 'white', fontFamily: 'serif' } },
    ],
    [['--width', '40', '--no-title'], { drawing: { width: 40, title: false } }],
    [['--model', 'm', '--preprocess', 'torch'], { command: { model: 'm' }, image: { preprocess: 'torch' } }],
    [
      ['--model', 'm', '--preprocess', '{"scale":1,"order":"bgr"}'],
      { command: { model: 'm' }, image: { preprocess: { scale: 1, order: 'bgr' } } },
    ],
    [['--columns', '4', '--columns', '5'], { figure: { columns: 5 } }],
  ])('reads %j', (args, wanted) => {
    expect(parseArguments(args)).toEqual({
      command: {},
      image: {},
      figure: {},
      scaling: {},
      drawing: {},
      ...wanted,
    });
  });

  it.each<[string[], string]>([
    [['a.png', 'b.png'], 'IMAGE: expected one picture, got "a.png", "b.png"'],
    [['--colour', 'red'], "Unknown option '--colour'; did you mean --color?"],
    [['--laers'], "Unknown option '--laers'; did you mean --layers?"],
    [['--col'], "Unknown option '--col'; did you mean --columns or --colormap or --color or --color-bar?"],
    [['--nonsense'], "Unknown option '--nonsense'; layerscope --help lists all"],
    [['-x'], "Unknown option '-x'; layerscope --help lists all"],
    [['--digit', '10'], '--digit: expected a digit from 0 to 9, got "10"'],
    [['--digit', '-1'], '--digit: expected a digit from 0 to 9, got "-1"'],
    [['--digit='], '--digit: expected a digit from 0 to 9, got nothing'],
    [['--digit'], '--digit: expected N after it, got nothing'],
    [['--columns', '--gap', '1'], '--columns: expected N after it, got the option --gap'],
    [['--model', ''], '--model: expected the path of a model, got nothing'],
    [['--resize', 'big'], '--resize: expected true, false or antialias, got "big"'],
    [['--resize', 'true'], '--resize: expected together with --model, got without it'],
    [['--preprocess', 'keras'], '--preprocess: expected unit, tf, torch, caffe or none, got "keras"'],
    [
      ['--preprocess', '{scale:1}'],
      '--preprocess: expected a JSON object such as {"scale":1,"mean":[104,117,123]}, got "{scale:1}"',
    ],
    [['--preprocess', ''], '--preprocess: expected unit, tf, torch, caffe or none, got nothing'],
    [['--preprocess', 'tf'], '--preprocess: expected together with --model, got without it'],
    [['--image-background', 'red'], '--image-background: expected together with --model, got without it'],
    [['--image-background', ''], '--image-background: expected a colour, got nothing'],
    [['--layers', '/(/'], '--layers: expected a regular expression, got "/(/" (/(/: Unterminated group)'],
    [
      ['--layers', '/a/zz'],
      `--layers: expected a regular expression, got "/a/zz" (Invalid flags supplied to RegExp constructor 'zz')`,
    ],
    [
      ['--layers', 'a,,b'],
      '--layers: expected part of a name, /expression/ or paths with commas between them, got "a,,b"',
    ],
    [
      ['--layers', ''],
      '--layers: expected part of a name, /expression/ or paths with commas between them, got nothing',
    ],
    [['--kernels', ''], '--kernels: expected the path of a layer, got nothing'],
    [
      ['--format', 'png,gif'],
      '--format: expected one or more of png, svg, html, terminal, with commas between them, got "png,gif"',
    ],
    [
      ['--format', ''],
      '--format: expected one or more of png, svg, html, terminal, with commas between them, got nothing',
    ],
    [['--out', ''], '--out: expected the name of a folder, got nothing'],
    [['--quiet=yes'], '--quiet: expected no value, got "yes"'],
    [['--columns', '0'], '--columns: expected a whole number of at least 1, got "0"'],
    [['--columns', '2.5'], '--columns: expected a whole number of at least 1, got "2.5"'],
    [['--gap', '-1'], '--gap: expected a whole number of at least 0, got "-1"'],
    [['--gap', '99999999999999999'], '--gap: expected a whole number of at least 0, got "99999999999999999"'],
    [
      ['--channels', '1,x'],
      '--channels: expected whole numbers of at least 0 with commas between them, got "1,x"',
    ],
    [
      ['--channels', '-1'],
      '--channels: expected whole numbers of at least 0 with commas between them, got "-1"',
    ],
    [['--center', 'x'], '--center: expected a number, got "x"'],
    [['--percentiles', '5'], '--percentiles: expected two numbers with a comma between them, got "5"'],
    [
      ['--percentiles', '99,1'],
      '--percentiles: expected two numbers from 0 to 100, the first the smaller, got "99,1"',
    ],
    [
      ['--percentiles', '1,101'],
      '--percentiles: expected two numbers from 0 to 100, the first the smaller, got "1,101"',
    ],
    [['--sort', 'size'], '--sort: expected index, maximum, mean, variance or zeros, got "size"'],
    [['--slice', 'x'], '--slice: expected a whole number of at least 0, got "x"'],
    [['--scaling', 'image'], '--scaling: expected map, layer, all or LOW,HIGH, got "image"'],
    [['--scaling', '1,'], '--scaling: expected map, layer, all or LOW,HIGH, got "1,"'],
    [['--scaling', '1,2,3'], '--scaling: expected map, layer, all or LOW,HIGH, got "1,2,3"'],
    [['--scaling', '0,Infinity'], '--scaling: expected map, layer, all or LOW,HIGH, got "0,Infinity"'],
    [['--scaling', '2,1'], '--scaling: expected a lowest value below the highest, got "2,1"'],
    [['--colormap', ''], '--colormap: expected the name of a scheme, got nothing'],
    [['--pixel-size', '0'], '--pixel-size: expected a whole number of at least 1, got "0"'],
    [['--background', ''], '--background: expected a colour, got nothing'],
    [['--color', ''], '--color: expected a colour, got nothing'],
    [['--font-family', ''], '--font-family: expected the name of a font, got nothing'],
    [['--width', '7'], '--width: expected a whole number of at least 8, got "7"'],
    [['--digit', '3', 'a.png'], '--digit, IMAGE: expected one of them, got both'],
    [['--kernels', 'conv1', 'a.png'], '--kernels, IMAGE: expected one of them, got both'],
    [['--kernels', 'conv1', '--digit', '3'], '--kernels, --digit: expected one of them, got both'],
    [['--kernels', 'conv1', '--layers', 'c'], '--kernels, --layers: expected one of them, got both'],
    [['--kernels', 'a', '--combine', 'sum'], '--kernels, --combine: expected one of them, got both'],
    [['--rgb'], '--rgb: expected together with --kernels, got without it'],
    [['--combine', 'max'], '--combine: expected mean, maximum or sum, got "max"'],
    [['--list', '--kernels', 'conv1'], '--list, --kernels: expected one of them, got both'],
    [['--list', '--layers', 'conv1'], '--list, --layers: expected one of them, got both'],
    [['--list', '--format', 'png'], '--list, --format: expected one of them, got both'],
    [['--list', 'a.png'], '--list, IMAGE: expected one of them, got both'],
    [['--json'], '--json: expected together with --list, got without it'],
  ])('refuses %j', (args, message) => {
    expect(() => parseArguments(args)).toThrow(new UsageError(message));
  });
});

describe('the table of options', () => {
  it('has every name and every letter once', () => {
    const names = OPTION_ROWS.map(({ name }) => name);
    const letters = OPTION_ROWS.flatMap(({ short }) => short ?? []);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(letters).size).toBe(letters.length);
  });

  it('writes options as the library has them, with hyphens', () => {
    const row = OPTION_ROWS.find(({ key }) => key === 'pixelSize');
    expect(row).toMatchObject({ name: 'pixel-size', target: 'drawing' });
  });
});
