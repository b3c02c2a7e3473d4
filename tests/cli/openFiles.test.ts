import { spawnSync } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createCanvas } from '@napi-rs/canvas';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ensureBackend } from '../../src/backend/ensureBackend';
import {
  buildClassifier,
  buildTeachable,
  encode,
  encodeJson,
  type Files,
  METADATA,
  readFixture,
  saveFiles,
  zip,
} from '../formats/modelSources';
import { articleGraph } from '../model/graph/articleGraph';
import { graphFiles } from '../model/graph/graphDef';
import { useFolder } from '../node/modelFolder';

const CLI = resolve('dist/cli.js');

/** Loaded before the command: nothing in it can reach another computer. */
const OFFLINE = `data:text/javascript,${encodeURIComponent(
  "import net from 'node:net'; import dns from 'node:dns';" +
    "const refuse = () => { throw new Error('there is no network'); };" +
    'net.Socket.prototype.connect = refuse; dns.lookup = refuse; globalThis.fetch = refuse;',
)}`;

let archive: Uint8Array;
let saved: Files;
let teachable: Files;
let graph: Files;
let row: Files;

beforeAll(async () => {
  await ensureBackend();
  const numbers = sequential({
    layers: [
      layers.flatten({ inputShape: [28, 28] }),
      layers.dense({ name: 'hidden', units: 8, activation: 'relu' }),
      layers.dense({ name: 'digits', units: 10, activation: 'softmax' }),
    ],
  });
  const [classifier, trained] = [buildClassifier(), buildTeachable()];
  saved = await saveFiles(classifier);
  teachable = { ...(await saveFiles(trained)), 'metadata.json': encodeJson(METADATA) };
  row = await saveFiles(numbers);
  for (const model of [classifier, trained, numbers]) model.dispose();
  graph = graphFiles(articleGraph(true));
  const nested = JSON.parse(new TextDecoder().decode(readFixture('keras/files/nested.json')));
  archive = zip({
    'metadata.json': encodeJson({ keras_version: '3.10.0' }),
    'config.json': encodeJson(nested.configs.keras3),
    'model.weights.h5': readFixture('keras/files/nested.keras3.weights.h5'),
  });
});

const folder = useFolder();

beforeEach(async () => {
  const context = createCanvas(40, 40).getContext('2d');
  context.fillStyle = 'teal';
  context.fillRect(8, 8, 20, 24);
  await writeFile(join(folder.path, 'picture.png'), context.canvas.toBuffer('image/png'));
});

/** Runs the command in the folder, of which it knows nothing but what it is told. */
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', OFFLINE, CLI, ...args], {
    cwd: folder.path,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

/** Writes files into a folder beside the picture, and says how the model is called: by itself if it is one. */
async function put(files: Files): Promise<string> {
  await mkdir(join(folder.path, 'given'));
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(folder.path, 'given', name), bytes);
  const [name, ...others] = Object.keys(files);
  return others.length === 0 ? join('given', name!) : 'given';
}

const FIVE = /(class \d \([^)]+\)(, |\n)){5}/;

describe('the command opens, offline and in an empty folder', () => {
  it.each<[string, () => Files, string[], RegExp]>([
    [
      'a .keras file',
      () => ({ 'mnist.keras': archive }),
      ['base-conv2d.png', 'base-conv2d_1.png'],
      /^input: 4 × 4 × 1, /,
    ],
    [
      'a .h5 file',
      () => ({ 'model.h5': readFixture('keras/files/nested.keras2.h5') }),
      ['base-conv2d.png', 'base-conv2d_1.png'],
      /^input: 4 × 4 × 1, /,
    ],
    [
      'an .onnx file',
      () => ({ 'mobile.onnx': readFixture('onnx/mobilenetv2.onnx') }),
      ['f-f.0-f.0.2-Clip.png'],
      new RegExp(`^highest scores: ${FIVE.source}`, 'm'),
    ],
    [
      'an export of Teachable Machine',
      () => ({ 'converted.zip': zip(teachable) }),
      ['features-mobile-Conv1.png', 'features-mobile-expanded_conv_depthwise.png'],
      /values -1\.\.1, which Teachable Machine asks for .*\npredicted: (Cat|Dog) \([^)]+\), (Cat|Dog) \([^)]+\)\n/,
    ],
    [
      'the same as three files',
      () => teachable,
      ['features-mobile-Conv1.png', 'features-mobile-expanded_conv_depthwise.png'],
      /\npredicted: (Cat|Dog) \([^)]+\), (Cat|Dog) \([^)]+\)\n/,
    ],
    [
      'a model.json, its weights and its labels',
      () => ({ ...saved, 'labels.txt': encode('ash\nbirch\ncedar\n') }),
      ['first.png'],
      /\npredicted: ((ash|birch|cedar) \([^)]+\)(, |\n)){3}/,
    ],
    [
      'the same in an archive',
      () => ({ 'model.zip': zip({ ...saved, 'labels.txt': encode('ash\nbirch\ncedar\n') }) }),
      ['first.png'],
      /\npredicted: ((ash|birch|cedar) \([^)]+\)(, |\n)){3}/,
    ],
    [
      'a graph model',
      () => graph,
      ['conv1-Relu.png', 'conv2-Relu.png'],
      new RegExp(`^predicted: ${FIVE.source}`, 'm'),
    ],
    [
      'a network without convolutions, of which it draws what has weights',
      () => row,
      ['digits.png', 'hidden.png'],
      new RegExp(`^input: 28 × 28 × 1, .*\\npredicted: ${FIVE.source}`),
    ],
  ])('%s', async (_, files, drawn, notes) => {
    const model = await put(files());
    const { status, stdout, stderr } = run('picture.png', '--model', model);
    expect(stderr).toMatch(notes);
    expect(status).toBe(0);
    const written = (await readdir(join(folder.path, 'out'))).sort();
    expect(written).toEqual(expect.arrayContaining(drawn));
    expect(stdout.trim().split('\n').sort()).toEqual(written.map((name) => join('out', name)));
    const listed = run('--list', '--model', model);
    expect(listed).toMatchObject({ status: 0, stderr: '' });
    expect(listed.stdout).toMatch(/^layer +class +output shape .*\n─(.*\n)+\d+ layers, [\d,]+ parameters\n$/);
    expect((await readdir(folder.path)).sort()).toEqual(['given', 'out', 'picture.png']);
  });

  it('names from a file', async () => {
    const model = await put(graph);
    await writeFile(
      join(folder.path, 'names.txt'),
      'nil one two three four five six seven eight nine'.replaceAll(' ', '\n'),
    );
    const { stderr } = run('picture.png', '--model', model, '--labels', 'names.txt');
    expect(stderr).toMatch(
      /^predicted: ((nil|one|two|three|four|five|six|seven|eight|nine) \([^)]+\)(, |\n)){5}$/m,
    );
  });

  it.each<[string, () => Files, string]>([
    [
      'a model of TensorFlow Lite',
      () => ({ 'model.tflite': encode('\x1c\0\0\0TFL3 and so on') }),
      'got "given/model.tflite", which is a model of TensorFlow Lite; ',
    ],
    [
      'an archive that is cut off',
      () => ({ 'cut.keras': archive.subarray(0, 900) }),
      'got "given/cut.keras", which cannot be unpacked',
    ],
    [
      'a .h5 file that is cut off',
      () => ({ 'cut.h5': readFixture('keras/files/nested.keras2.h5').subarray(0, 5000) }),
      'got "given/cut.h5": the HDF5 file is damaged or cut off',
    ],
    [
      'an .onnx file that is cut off',
      () => ({ 'cut.onnx': readFixture('onnx/resnet.onnx').subarray(0, 30_000) }),
      'got "given/cut.onnx": expected an ONNX model, got none that can be read: it ends too early',
    ],
    [
      'a model.json alone',
      () => ({ 'model.json': graph['model.json']! }),
      'expected the weights "weights.bin" beside ',
    ],
    ['weights alone', () => ({ 'weights.bin': graph['weights.bin']! }), 'which is none of them'],
    ['a picture', () => ({ 'picture.png': encode('\x89PNG\r\n\x1a\n') }), 'got "given/picture.png"'],
  ])('or refuses in one line: %s', async (_, files, message) => {
    const model = await put(files());
    const { status, stdout, stderr } = run('picture.png', '--model', model);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^error: --model: expected [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect((await readdir(folder.path)).sort()).toEqual(['given', 'picture.png']);
  });
});
