import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { ensureBackend } from '../../src/backend/ensureBackend';
import { helpText } from '../../src/cli/helpText';
import { saveModel } from '../../src/node/saveModel';
import { buildTeachable, encodeJson, METADATA, readFixture, saveFiles, zip } from '../formats/modelSources';
import { articleGraph } from '../model/graph/articleGraph';
import { writeGraph, writeGraphFiles } from '../model/graph/graphDef';
import { useFolder } from '../node/modelFolder';
import { runNode } from '../runScript';

const CLI = 'dist/cli.js';

function run(...args: string[]) {
  return runNode([CLI, ...args]);
}

/** A digit as a person would write it: dark on light. */
function drawSeven() {
  const context = createCanvas(120, 160).getContext('2d');
  context.fillStyle = 'ivory';
  context.fillRect(0, 0, 120, 160);
  context.strokeStyle = 'navy';
  context.lineWidth = 12;
  context.beginPath();
  context.moveTo(30, 30);
  context.lineTo(90, 30);
  context.lineTo(55, 130);
  context.stroke();
  return context.canvas.toBuffer('image/png');
}

/** Saves a model of two convolutions, in colour, whose names nobody would give to a file. */
async function saveHostileModel(folder: string) {
  await ensureBackend();
  const model = sequential({
    layers: [
      layers.conv2d({ name: 'a/../../../conv', filters: 2, kernelSize: 3, inputShape: [8, 8, 3] }),
      layers.conv2d({ name: 'CON', filters: 4, kernelSize: 3 }),
    ],
  });
  await saveModel(model, folder);
  model.dispose();
}

describe('the command', () => {
  const folder = useFolder();

  it('draws a 3 where nothing is said, and prints the names of the files', async () => {
    const out = join(folder.path, 'new', 'out');
    const { status, stdout, stderr } = run('--out', out);
    expect(status).toBe(0);
    expect(stdout).toBe(`${join(out, 'conv1.png')}\n${join(out, 'conv2.png')}\n`);
    expect(stderr).toMatch(/^predicted digit: 3 \(probability \d+\.\d\d %\)\n$/);
    // 8 × 26 and 7 gaps at 4 pixels a value, the title above.
    const { width, height } = decode(await readFile(join(out, 'conv1.png')));
    expect([width, height]).toEqual([860, 53 * 4 + 36]);
    expect(await readdir(out)).toEqual(['conv1.png', 'conv2.png']);
  });

  it("reads the user's picture from a file and from stdin alike", async () => {
    const path = join(folder.path, 'seven.png');
    await writeFile(path, drawSeven());
    const fromFile = run(path, '--out', join(folder.path, 'file'), '--format', 'svg');
    expect(fromFile.stderr).toContain('seven.png: inverted, since it is dark on light, cropped');
    expect(fromFile.stderr).toContain('predicted digit: 7 ');
    const fromStdin = spawnSync(
      process.execPath,
      [CLI, '-', '--out', join(folder.path, 'stdin'), '-f', 'svg'],
      {
        input: drawSeven(),
        encoding: 'utf8',
      },
    );
    expect(fromStdin.stderr).toContain('predicted digit: 7 ');
    for (const name of ['conv1.svg', 'conv2.svg']) {
      const [one, other] = await Promise.all(
        ['file', 'stdin'].map((source) => readFile(join(folder.path, source, name), 'utf8')),
      );
      expect(one === other).toBe(true);
    }
  });

  it('draws in the terminal alone, and leaves no file', async () => {
    const { status, stdout, stderr } = run('--format', 'terminal', '--width', '40', '--out', folder.path);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^predicted digit: 3 /);
    expect(lines.map((line) => line.trim())).toContain('Layer: conv2');
    expect(stdout).not.toContain('written');
    expect(Math.max(...lines.slice(1).map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('draws in colour where that is asked for', () => {
    const args = [CLI, '--format', 'terminal', '--layers', 'conv1', '--quiet'];
    expect(runNode(args, { FORCE_COLOR: '1', NO_COLOR: '' }).stdout).toContain('\u001b[38;2;68;1;84m');
    expect(runNode(args, { FORCE_COLOR: '' }).stdout).not.toContain('\u001b');
  });

  it('draws as the options of the figure say', async () => {
    const { status } = run(
      ...['--digit', '8', '--layers', '/^CONV1$/i', '--channels', '5,0', '--columns', '1', '--gap', '2'],
      ...['--scaling', '-1,1', '--colormap', 'rdbu', '--pixel-size', '2', '--no-title', '--out', folder.path],
      ...['--background', '#ff0000', '--format', 'png,svg'],
    );
    expect(status).toBe(0);
    const { width, height, data, palette } = decode(await readFile(join(folder.path, 'conv1.png')));
    expect([width, height]).toEqual([52, 108]);
    // Between the two maps is the background.
    expect(palette![data[53 * 52]!]!.slice(0, 3)).toEqual([255, 0, 0]);
    expect(await readFile(join(folder.path, 'conv1.svg'), 'utf8')).toContain(
      '<title>Layer: conv1 (2 of 16 maps)',
    );
  });

  it('draws kernels', async () => {
    const { status, stdout, stderr } = run('--kernels', 'conv1', '--out', folder.path, '--format', 'svg');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe(`${join(folder.path, 'conv1-kernels.svg')}\n`);
    expect(await readFile(join(folder.path, 'conv1-kernels.svg'), 'utf8')).toContain('Kernels: conv1');
  });

  it('draws one map of all', async () => {
    const { status, stderr } = run(
      '--combine',
      'maximum',
      '--out',
      folder.path,
      '--format',
      'svg',
      '--quiet',
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(await readFile(join(folder.path, 'conv2.svg'), 'utf8')).toContain(
      '<title>Layer: conv2 (maximum of 32 maps)</title>',
    );
  });

  it('says nothing where it is to be quiet', () => {
    expect(run('--quiet', '--out', folder.path)).toEqual({ status: 0, stdout: '', stderr: '' });
  });

  it('lists layers as a table and as JSON', () => {
    const { stdout, stderr } = run('--list');
    expect(stderr).toBe('');
    expect(stdout).toContain('conv1            Conv2D        [?, 26, 26, 16]         160            3 × 3\n');
    expect(stdout).toMatch(/6 layers, 12,810 parameters\n$/);
    const [first] = JSON.parse(run('--list', '--json').stdout);
    expect(first).toEqual({
      path: 'conv1',
      className: 'Conv2D',
      outputShape: [null, 26, 26, 16],
      parameters: 160,
      receptiveField: [3, 3],
    });
  });

  it('says how it is called and which version it is', () => {
    expect(run('--help')).toEqual({ status: 0, stdout: `${helpText()}\n`, stderr: '' });
    expect(run('-h', '--list').stdout).toBe(`${helpText()}\n`);
    expect(run('--version')).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: '' });
  });
});

/** What is said of a picture that a network got, which does not rescale it. */
const GIVEN = (height: number, width: number, channels: number) =>
  `input: ${height} × ${width} × ${channels}, values 0..1 (--preprocess tf for -1..1)\n`;

describe("the command with a model of the user's", () => {
  const folder = useFolder();

  it('makes names of files that are none of names of layers', async () => {
    await saveHostileModel(join(folder.path, 'model'));
    const out = join(folder.path, 'a', 'b', 'out');
    const { status, stderr } = run('--model', join(folder.path, 'model'), '--layers', '/./', '--out', out);
    expect({ status, stderr }).toEqual({ status: 0, stderr: GIVEN(8, 8, 3) });
    expect(await readdir(out)).toEqual(['a-..-..-..-conv.png', 'layer-CON.png']);
    expect(await readdir(folder.path)).toEqual(['a', 'model']);
  });

  it('lets no file command the terminal', async () => {
    await saveHostileModel(folder.path);
    const model = join(folder.path, 'model.json');
    await writeFile(model, (await readFile(model, 'utf8')).replaceAll('"CON"', String.raw`"\u001b[2J"`));
    const { status, stdout, stderr } = run('--list', '--model', folder.path);
    expect(status).toBe(1);
    expect(stderr).toContain('\ufffd[2J');
    expect(stdout + stderr).not.toContain('\u001b');
  });

  it('has layers and kernels that the network of the package does not use', async () => {
    await ensureBackend();
    const model = sequential({
      layers: [
        layers.zeroPadding2d({ inputShape: [12, 12, 3] }),
        layers.separableConv2d({ filters: 4, kernelSize: 3, activation: 'selu' }),
        layers.batchNormalization(),
        layers.depthwiseConv2d({ kernelSize: 3, activation: 'tanh' }),
        layers.prelu(),
        layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, activation: 'sigmoid' }),
        layers.upSampling2d({ interpolation: 'bilinear' }),
        layers.layerNormalization(),
        layers.averagePooling2d({ poolSize: 2 }),
        layers.cropping2D({
          cropping: [
            [1, 1],
            [1, 1],
          ],
        }),
        layers.leakyReLU(),
        layers.reshape({ targetShape: [-1, 3] }),
        layers.bidirectional({
          layer: layers.lstm({ units: 2, recurrentInitializer: 'glorotNormal' }) as never,
          mergeMode: 'concat',
        }),
        layers.dense({ units: 2, activation: 'softmax' }),
      ],
    });
    await saveModel(model, join(folder.path, 'model'));
    const names = model.layers.filter(({ outputShape }) => outputShape.length === 4).map(({ name }) => name);
    model.dispose();
    const args = ['--model', join(folder.path, 'model'), '--layers', names.join(','), '--format', 'svg'];
    const { status, stdout, stderr } = run(...args, '--out', join(folder.path, 'out'));
    expect({ status, stderr }).toEqual({ status: 0, stderr: GIVEN(12, 12, 3) });
    expect(stdout.trim().split('\n')).toHaveLength(names.length);
    expect(names.length).toBeGreaterThan(9);
    expect(run('--list', '--model', join(folder.path, 'model')).stdout).toMatch(/Bidirectional +\[\?, 4\]/);
  });

  it('resizes the picture unless told not to', async () => {
    await saveHostileModel(folder.path);
    const args = [
      '--model',
      folder.path,
      '--layers',
      'CON',
      '--format',
      'svg',
      '--out',
      join(folder.path, 'out'),
    ];
    for (const how of ['true', 'antialias']) expect(run(...args, '--resize', how).status).toBe(0);
    const { status, stderr } = run(...args, '--resize', 'false');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: IMAGE: expected [8, 8, 3] (height, width, channels), got [28, 28, 1]; pass --resize true or antialias to have it resized\n',
    );
  });

  it('says what the network got, and gives it what it is told to', async () => {
    const [plain, rescaling] = [join(folder.path, 'plain'), join(folder.path, 'rescaling')];
    await saveHostileModel(plain);
    const model = sequential({
      layers: [
        layers.rescaling({ scale: 1 / 255, inputShape: [8, 8, 3] }),
        layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3 }),
      ],
    });
    await saveModel(model, rescaling);
    model.dispose();
    const given = (path: string, ...args: string[]) =>
      run(
        '--model',
        path,
        '--layers',
        '/con/i',
        '--out',
        join(folder.path, 'out'),
        '--format',
        'svg',
        ...args,
      ).stderr;
    expect(given(plain)).toBe(GIVEN(8, 8, 3));
    expect(given(rescaling)).toBe(
      'input: 8 × 8 × 3, values 0..255, which the network asks for (--preprocess unit for 0..1)\n',
    );
    expect(given(plain, '--preprocess', 'tf')).toBe('input: 8 × 8 × 3, values -1..1\n');
    expect(given(plain, '--preprocess', 'torch')).toBe('input: 8 × 8 × 3, values -2.12..2.64\n');
    expect(given(rescaling, '--preprocess', '{"scale": 2, "offset": [-1, 0, 1]}')).toBe(
      'input: 8 × 8 × 3, values -1..511\n',
    );
    expect(given(plain, '--quiet')).toBe('');
    expect(given(plain, '--preprocess', '{"std": 0}')).toBe(
      'error: --preprocess: expected std to be above 0, got 0\n',
    );
    // As text for people it comes before the figures.
    const { stdout, stderr } = run('--model', plain, '--format', 'terminal');
    expect(stdout.startsWith(GIVEN(8, 8, 3))).toBe(true);
    expect(stderr).toBe('');
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, RegExp]>([
    [
      'mnist.keras',
      () => {
        const { configs } = JSON.parse(new TextDecoder().decode(readFixture('keras/files/nested.json')));
        return zip({
          'metadata.json': encodeJson({ keras_version: '3.10.0' }),
          'config.json': encodeJson(configs.keras3),
          'model.weights.h5': readFixture('keras/files/nested.keras3.weights.h5'),
        });
      },
      /^input: 4 × 4 × 1, values 0\.\.1 /m,
    ],
    ['model.h5', () => readFixture('keras/files/nested.keras2.h5'), /^input: 4 × 4 × 1, values 0\.\.1 /m],
    ['resnet.onnx', () => readFixture('onnx/resnet.onnx'), /^input: 32 × 32 × 3, values 0\.\.1 /m],
    [
      'my_model.zip',
      async () => {
        await ensureBackend();
        const model = buildTeachable();
        const files = await saveFiles(model);
        model.dispose();
        return zip({ ...files, 'metadata.json': encodeJson(METADATA) });
      },
      /^input: 8 × 8 × 3, values -1\.\.1, which Teachable Machine asks for /m,
    ],
  ])('opens %s and draws what it sees', async (name, bytes, note) => {
    const path = join(folder.path, name);
    await writeFile(path, await bytes());
    const out = join(folder.path, 'out');
    const { status, stdout, stderr } = run('--model', path, '--out', out);
    expect(stderr).toMatch(note);
    expect(status).toBe(0);
    expect(await readdir(out)).toHaveLength(stdout.trim().split('\n').length);
    expect(run('--list', '--model', path).stdout).toMatch(/parameters\n$/);
  });

  it('takes a graph model, lists its nodes and draws its convolutions', async () => {
    const model = join(folder.path, 'graph');
    await writeGraphFiles(model, articleGraph(true));
    const listed = run('--list', '--model', model);
    expect(listed.stderr).toBe('');
    expect(listed.stdout).toMatch(/^cnn\/conv1\/Relu +_FusedConv2D +\[\?, 26, 26, 16\] +160$/m);
    expect(listed.stdout).toMatch(/^9 layers, 12,810 parameters$/m);
    const out = join(folder.path, 'out');
    const { status, stdout, stderr } = run('--model', model, '--format', 'svg', '--out', out);
    expect([status, stderr]).toEqual([0, GIVEN(28, 28, 1)]);
    expect(stdout).toBe(`${join(out, 'cnn-conv1-Relu.svg')}\n${join(out, 'cnn-conv2-Relu.svg')}\n`);
    expect(await readFile(join(out, 'cnn-conv1-Relu.svg'), 'utf8')).toContain('Layer: cnn/conv1/Relu');
    expect(run('--model', model, '--kernels', 'cnn/conv1/Relu', '--out', out).status).toBe(0);
  });

  it('says what it has left out, and which layers have lost NaN', async () => {
    const { graph, image, constant, node } = writeGraph();
    const given = image('in', [-1, 4, 4, 1]);
    node('sum', 'Sum', [given, constant('axes', [4], [0, 1, 2, 3], 'int32')]);
    const ill = node('log', 'Log', [node('below', 'Sub', [given, constant('two', [], [2])])]);
    node('relu6', 'Relu6', [ill]);
    const model = join(folder.path, 'odd');
    await writeGraphFiles(model, graph);
    const out = join(folder.path, 'odd-out');
    const drawn = run(
      '--model',
      model,
      '--layers',
      '/./',
      '--resize',
      'true',
      '--format',
      'svg',
      '--out',
      out,
    );
    expect(drawn).toMatchObject({
      status: 0,
      stderr:
        'input: 4 × 4 × 1, values 0..1 (--preprocess tf for -1..1)\n' +
        'left out, having no map: 1 with a single number\nNaN went in and came out as numbers: relu6\n',
    });
    expect(await readFile(join(out, 'relu6.svg'), 'utf8')).toContain('Layer: relu6 (NaN lost)');
  });

  it('says what is wrong with a model that is broken', async () => {
    await saveHostileModel(folder.path);
    const model = join(folder.path, 'model.json');
    for (const [text, message] of [
      ['{', 'error: --model: expected'],
      [(await readFile(model, 'utf8')).replace('Conv2D', 'Conv9D'), 'error: --model: expected a model that'],
    ] as const) {
      await writeFile(model, text);
      const { status, stdout, stderr } = run('--model', folder.path, '--out', join(folder.path, 'out'));
      expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
      expect(stderr.split('\n')).toHaveLength(2);
      expect(stderr).toContain(message);
    }
  });
});

describe('what the command refuses', () => {
  const folder = useFolder();

  it.each<[string[], 1 | 2, string]>([
    [['--digit', 'x'], 2, '--digit: expected a digit from 0 to 9, got "x"'],
    [
      ['--layers', 'xx'],
      2,
      '--layers: expected to match a layer, got a name containing "xx"; the model has "conv1" ',
    ],
    [['--layers', 'conv1,xx'], 2, '--layers: expected the name of a layer, got "xx"; the model has '],
    [['--kernels', 'dense'], 2, '--kernels: expected the path of a two-dimensional convolution, got "dense"'],
    [
      ['--channels', '20'],
      2,
      '--channels: expected a whole number from 0 to 15, got 20, in the layer "conv1"',
    ],
    [['--kernels', 'conv1', '--rgb'], 2, '--rgb: expected a convolution of 3 inputs, got 1, of "conv1"'],
    [['--combine', 'mean', '--first', '2'], 2, '--first: expected none beside combine, which leaves one map'],
    [['--layers', 'dense', '--combine', 'sum'], 2, '--combine: expected a layer of maps or sequences'],
    [['--colormap', 'Foo'], 2, '--colormap: expected one of Blues, BrBG, '],
    [['--background', 'foo'], 2, "--background: expected a colour such as '#1f77b4'"],
    [['--color', 'foo'], 2, "--color: expected a colour such as '#1f77b4'"],
    [['--pixel-size', '100000'], 2, '--pixel-size: expected one for which the picture has at most '],
    [['--gap', '100000000'], 2, '--gap: expected one for which the picture has at most '],
    [['--model', '/none'], 1, '--model: expected a model that can be read, got "/none" (ENOENT)'],
    [['none.png'], 1, 'IMAGE: expected an image file that can be read, got "none.png" (ENOENT)'],
    [
      ['package.json'],
      1,
      'IMAGE: expected an image file (PNG, JPEG, GIF, WebP, BMP, AVIF or SVG), got "package.json", which is none of these',
    ],
  ])('%j', async (args, wanted, message) => {
    const { status, stdout, stderr } = run(...args, '--out', join(folder.path, 'out'));
    expect({ status, stdout }).toEqual({ status: wanted, stdout: '' });
    expect(stderr).toContain(`error: ${message}`);
    expect(stderr.split('\n')).toHaveLength(2);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('writes no file where one of them cannot be written', async () => {
    await mkdir(join(folder.path, 'conv2.svg'));
    const { status, stdout, stderr } = run('--out', folder.path, '--format', 'svg');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      `error: --out: expected a file that can be written, got "${join(folder.path, 'conv2.svg')}" (EISDIR)\n`,
    );
    expect(await readdir(folder.path)).toEqual(['conv2.svg']);
  });

  it('a folder that is a file', async () => {
    const out = join(folder.path, 'file');
    await writeFile(out, '');
    const { status, stderr } = run('--out', out);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: --out: expected .*\n$/);
  });

  it('ends at once with Ctrl-C, and leaves nothing half-written', async () => {
    const out = join(folder.path, 'out');
    // Waits for a picture that never comes.
    const child = spawn(process.execPath, [CLI, '-', '--out', out], { stdio: ['pipe', 'ignore', 'ignore'] });
    setTimeout(() => child.kill('SIGINT'), 500);
    const [status, signal] = await once(child, 'exit');
    // Of such an end a shell says 130.
    expect([status, signal]).toEqual([null, 'SIGINT']);
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('does not mind that nobody reads on', () => {
    const { stdout, stderr } = spawnSync(
      'sh',
      ['-c', `"${process.execPath}" ${CLI} --list --json | head -n 1`],
      {
        encoding: 'utf8',
      },
    );
    expect({ stdout, stderr }).toEqual({ stdout: '[\n', stderr: '' });
  });
});

describe('the command with a limit of pixels', () => {
  const folder = useFolder();

  it('refuses a larger picture, and what comes in without end', async () => {
    const png = join(folder.path, 'seven.png');
    await writeFile(png, drawSeven());
    const { status, stderr } = run(png, '--max-pixels', '19199', '--out', join(folder.path, 'out'));
    expect([status, stderr]).toEqual([
      1,
      `error: IMAGE: expected at most 19199 pixels, got "${png}" of 120 × 160; pass a larger --max-pixels if it is to be read\n`,
    ]);
    expect(run(png, '--max-pixels', '19200', '--out', join(folder.path, 'out')).status).toBe(0);
    const endless = spawnSync(process.execPath, [CLI, '-', '--max-pixels', '1'], {
      input: Buffer.alloc(2 ** 24 + 100),
      encoding: 'utf8',
    });
    expect([endless.status, endless.stderr]).toEqual([
      1,
      'error: IMAGE: expected an image file of at most 16777224 bytes, got "-" of more\n',
    ]);
  });
});

describe('the command without @napi-rs/canvas', () => {
  const folder = useFolder();

  /** Runs a copy of the command that has no packages beside it. */
  function runAlone(...args: string[]) {
    // The binary and the weights are in files that it shares with the package's modules.
    for (const name of readdirSync('dist').filter((file) => /^cli|\.generated\.js$/.test(file))) {
      cpSync(join('dist', name), join(folder.path, 'app', name));
    }
    cpSync('package.json', join(folder.path, 'package.json'));
    return runNode([join(folder.path, 'app', 'cli.js'), ...args]);
  }

  it('draws PNG files without titles and says so', () => {
    const out = join(folder.path, 'out');
    const { status, stderr } = runAlone('--out', out);
    expect(status).toBe(0);
    expect(stderr).toContain('the PNG files have no titles, which take @napi-rs/canvas');
    expect(decode(readFileSync(join(out, 'conv1.png')))).toMatchObject({ width: 860, height: 53 * 4 });
  });

  it('says nothing of titles where there are none to draw', () => {
    expect(runAlone('--out', join(folder.path, 'out'), '--no-title').stderr).not.toContain('canvas');
  });

  it('reads PNG files, and says what reads others', async () => {
    const [png, jpeg] = [join(folder.path, 'seven.png'), join(folder.path, 'seven.jpg')];
    await writeFile(png, drawSeven());
    expect(runAlone(png, '--out', join(folder.path, 'out')).stderr).toContain('predicted digit: 7 ');
    await writeFile(jpeg, createCanvas(30, 30).toBuffer('image/jpeg'));
    const { status, stderr } = runAlone(jpeg, '--out', join(folder.path, 'out'));
    expect(status).toBe(1);
    expect(stderr).toContain(
      `expected @napi-rs/canvas to decode anything but PNG with, got none for "${jpeg}"; run: npm install`,
    );
  });
});
