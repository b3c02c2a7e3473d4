import { memory, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import type { ModelSource } from '../../src/formats/ModelSource';
import type { OpenModelOptions } from '../../src/formats/OpenModelOptions';
import { openModel } from '../../src/formats/openModel';
import type { OpenedModel } from '../../src/model/OpenedModel';
import {
  buildClassifier,
  buildTeachable,
  encode,
  encodeJson,
  type Files,
  METADATA,
  predict,
  readFixture,
  saveFiles,
  zip,
} from './modelSources';

beforeAll(() => useWasmBackend());

let small: Files;
let smallPrediction: number[];
let teachable: Files;
let before: number;

beforeEach(async () => {
  const model = buildClassifier();
  small = await saveFiles(model);
  smallPrediction = predict(model);
  model.dispose();
  const other = buildTeachable();
  teachable = { ...(await saveFiles(other)), 'metadata.json': encodeJson(METADATA) };
  other.dispose();
  before = memory().numTensors;
});

/** Opens, looks and disposes; no tensor may be left. */
async function look<Value>(
  source: ModelSource | string,
  view: (opened: OpenedModel) => Value,
  options?: OpenModelOptions,
): Promise<Value> {
  const opened = await openModel(source, options);
  try {
    return view(opened);
  } finally {
    opened.dispose();
    expect(memory().numTensors).toBe(before);
  }
}

const describeOpened = ({ format, classNames, preprocess }: OpenedModel) => ({
  format,
  ...(classNames && { classNames }),
  ...(preprocess !== undefined && { preprocess }),
});

async function expectRefused(
  source: ModelSource | string,
  words: string | RegExp,
  options?: OpenModelOptions,
) {
  const error: unknown = await openModel(source, options).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Error);
  const { message } = error as Error;
  if (typeof words === 'string') expect(message).toContain(words);
  else expect(message).toMatch(words);
  expect(message.length).toBeLessThanOrEqual(400);
  expect(memory().numTensors).toBe(before);
}

const files = (from: Files) =>
  Object.entries(from).map(([name, bytes]) => new File([bytes as BlobPart], name));
const within = (folder: string, from: Files): Files =>
  Object.fromEntries(Object.entries(from).map(([name, bytes]) => [`${folder}/${name}`, bytes]));

const KERAS = JSON.parse(new TextDecoder().decode(readFixture('keras/files/images.json'))) as {
  readonly configs: { readonly keras2: object; readonly keras3: object };
  readonly outputs: Readonly<Record<string, { readonly values: string }>>;
  readonly input: { readonly shape: number[]; readonly values: string };
};
const archive: Files = {
  'metadata.json': encodeJson({ keras_version: '3.10.0', date_saved: '2025-01-01@00:00:00' }),
  'config.json': encodeJson(KERAS.configs.keras3),
  'model.weights.h5': readFixture('keras/files/images.keras3.weights.h5'),
};

/** The largest difference of what comes out at the end from what Keras puts out there. */
function differenceFromKeras({ model }: OpenedModel): number {
  const read = (values: string) => new Float32Array(new Uint8Array(Buffer.from(values, 'base64')).buffer);
  const picture = tensor(read(KERAS.input.values), KERAS.input.shape);
  const output = (model as LayersModel).predict(picture) as Tensor;
  const [values, right] = [output.dataSync(), read(KERAS.outputs.dense!.values)];
  picture.dispose();
  output.dispose();
  expect(values.length).toBe(right.length);
  return Math.max(...right.map((value, at) => Math.abs(value - values[at]!)));
}

describe('openModel', () => {
  it.each<[string, () => ModelSource]>([
    ['files in any order', () => files(small).reverse()],
    ['bytes by name', () => small],
    ['bytes by name, in a folder', () => within('my model', small)],
    [
      'files of a folder that was chosen',
      () => {
        const chosen = files(small);
        for (const file of chosen) Object.assign(file, { webkitRelativePath: `folder/${file.name}` });
        return chosen;
      },
    ],
    ['the bytes of an archive', () => zip(small)],
    ['an archive of which nothing is packed', () => zip(small, false)],
    ['an archive of a folder', () => zip(within('converted', small))],
    [
      'an archive by Windows',
      () => zip({ 'a\\model.json': small['model.json']!, 'a\\weights.bin': small['weights.bin']! }),
    ],
    [
      'an archive by macOS',
      () =>
        zip({
          ...within('net', small),
          '__MACOSX/net/._model.json': Uint8Array.of(0, 5, 22, 7),
          '.DS_Store': encode('x'),
        }),
    ],
    ['an archive in a Blob', () => new Blob([zip(small) as BlobPart])],
    ['an archive in a File of another name', () => new File([zip(small) as BlobPart], 'download')],
    ['an ArrayBuffer', () => zip(small).slice().buffer as ArrayBuffer],
    ['a Buffer', () => Buffer.from(zip(small))],
    ['an archive within an archive', () => zip({ 'model.zip': zip(small), 'readme.md': encode('# Net') })],
  ])('opens a model.json and its weights: %s', async (_, source) => {
    const [opened, values] = await look(source(), (each) => [
      describeOpened(each),
      predict(each.model as LayersModel),
    ]);
    expect(opened).toEqual({ format: 'tfjs-layers' });
    expect(values).toEqual(smallPrediction);
  });

  it('takes files that have lost their folders', async () => {
    const model = buildClassifier();
    const saved = await saveFiles(model, 'parts/group1-shard1of1.bin');
    model.dispose();
    before = memory().numTensors;
    const flat = {
      'model.json': saved['model.json']!,
      'group1-shard1of1.bin': saved['parts/group1-shard1of1.bin']!,
    };
    expect(await look(flat, describeOpened)).toEqual({ format: 'tfjs-layers' });
  });

  it.each<[string, () => ModelSource, string]>([
    ['a .keras file', () => zip(archive, false), 'keras'],
    ['a .keras file that is packed', () => zip(archive), 'keras'],
    [
      'a .keras file by another name',
      () => new File([zip(archive, false) as BlobPart], 'download (1)'),
      'keras',
    ],
    ['a .keras file that has been unpacked', () => archive, 'keras'],
    ['a .keras file in an archive', () => zip({ 'mnist.keras': zip(archive, false) }), 'keras'],
    ['a .keras file in a folder', () => within('net.keras', archive), 'keras'],
    ['a .h5 file', () => readFixture('keras/files/images.keras2.h5'), 'hdf5'],
    [
      'a .h5 file in an archive',
      () => zip({ 'a/model.h5': readFixture('keras/files/images.keras2.h5') }),
      'hdf5',
    ],
    [
      'weights with the config beside them',
      () => ({
        'net.json': encodeJson(KERAS.configs.keras3),
        'net.weights.h5': readFixture('keras/files/images.keras3.weights.h5'),
      }),
      'hdf5',
    ],
    [
      'weights with the config beside them, called model.json',
      () => ({
        'model.json': encodeJson(KERAS.configs.keras2),
        'model.h5': readFixture('keras/files/images.names2.weights.h5'),
      }),
      'hdf5',
    ],
  ])('opens %s, which puts out what Keras does', async (_, source, format) => {
    const [opened, difference] = await look(source(), (each) => [
      describeOpened(each),
      differenceFromKeras(each),
    ]);
    expect(opened).toEqual({ format });
    expect(difference).toBeLessThan(1e-6);
  });

  it('opens ONNX, whatever its name', async () => {
    const bytes = readFixture('onnx/resnet.onnx');
    for (const source of [
      bytes,
      new File([bytes as BlobPart], 'x'),
      zip({ 'net/resnet.onnx': bytes }),
      { a: bytes, 'b.txt': encode('b') },
    ]) {
      expect(await look(source, describeOpened)).toEqual({ format: 'onnx' });
    }
  });

  it('disposes once, and says so', async () => {
    const opened = await openModel(small);
    expect(opened.isDisposed).toBe(false);
    opened.dispose();
    opened.dispose();
    expect(opened.isDisposed).toBe(true);
    expect(memory().numTensors).toBe(before);
  });

  it('tells how much has been read, up to all there is', async () => {
    const told: [number, number | undefined][] = [];
    await look(files(small), () => undefined, {
      onProgress: (loaded, total) => told.push([loaded, total]),
    });
    const all = small['model.json']!.length + small['weights.bin']!.length;
    expect(told.at(-1)).toEqual([all, all]);
    expect(told.map(([loaded]) => loaded)).toEqual(told.map(([loaded]) => loaded).sort((a, b) => a - b));
  });

  it.each(['before', 'meanwhile'])('ends where it is aborted %s', async (when) => {
    const controller = new AbortController();
    const reason = new Error('enough');
    if (when === 'before') controller.abort(reason);
    const opening = openModel(files(small), {
      signal: controller.signal,
      onProgress: () => controller.abort(reason),
    });
    await expect(opening).rejects.toBe(reason);
    expect(memory().numTensors).toBe(before);
  });
});

describe('names of classes', () => {
  const NAMES = ['one', 'two', 'three'];
  it.each<[string, string]>([
    ['a name a line', 'one\ntwo\nthree\n'],
    ['numbered, as on Windows', '0 one\r\n1 two\r\n2 three\r\n'],
    ['with a mark of the byte order', '\ufeffone\ntwo\nthree'],
  ])('come from labels.txt: %s', async (_, text) => {
    const source = { ...small, 'labels.txt': encode(text) };
    expect(await look(source, describeOpened)).toEqual({ format: 'tfjs-layers', classNames: NAMES });
    expect(await look(zip(within('a', source)), describeOpened)).toEqual({
      format: 'tfjs-layers',
      classNames: NAMES,
    });
    const beside = { 'net.zip': zip(small), 'labels.txt': encode(text) };
    expect(await look(beside, describeOpened)).toEqual({ format: 'tfjs-layers', classNames: NAMES });
  });

  it('keep numbers that do not count the lines', async () => {
    const source = { ...small, 'labels.txt': encode('3 cats\n2 dogs\n1 bird') };
    expect(await look(source, ({ classNames }) => classNames)).toEqual(['3 cats', '2 dogs', '1 bird']);
  });

  it.each([
    ['are of another number', 'one\ntwo'],
    ['are none', ''],
    ['are a page', '<!doctype html>\n<p>\n</p>'],
  ])('are left out where those of labels.txt %s', async (_, text) => {
    const source = { ...small, 'labels.txt': encode(text) };
    expect(await look(source, describeOpened)).toEqual({ format: 'tfjs-layers' });
  });

  it('come from the options first', async () => {
    const source = { ...small, 'labels.txt': encode('a\nb\nc') };
    const { classNames } = await look(source, describeOpened, { classNames: NAMES });
    expect(classNames).toEqual(NAMES);
    await expectRefused(source, 'classNames: expected 3 names, one for each output, got 2', {
      classNames: ['a', 'b'],
    });
  });

  it('come from what Ultralytics writes into an ONNX file', async () => {
    const message = (id: number, bytes: Uint8Array) => Uint8Array.of(id * 8 + 2, bytes.length, ...bytes);
    const entry = Uint8Array.of(
      ...message(1, encode('names')),
      ...message(2, encode(`{0: 'cat', 1: "dog's", 2: 'it\\'s'}`)),
    );
    const bytes = Uint8Array.of(...readFixture('onnx/resnet.onnx'), ...message(14, entry));
    const { classNames } = await look(bytes, describeOpened);
    expect(classNames).toEqual(['cat', "dog's", "it's"]);
  });
});

describe('an export of Teachable Machine', () => {
  const OPENED = { format: 'teachable-machine', classNames: ['Cat', 'Dog'], preprocess: 'tf' };

  it.each<[string, () => ModelSource]>([
    ['of files', () => files(teachable)],
    ['in an archive', () => zip(teachable)],
    ['in an archive of a folder', () => zip(within('my_model', teachable))],
  ])('has its labels and wants -1..1: %s', async (_, source) => {
    expect(await look(source(), describeOpened)).toEqual(OPENED);
  });

  it('is known by its metadata, whatever its layers are', async () => {
    const metadata = { ...METADATA, labels: ['a', 'b', 'c'] };
    const source = { ...small, 'metadata.json': encodeJson(metadata) };
    expect(await look(source, describeOpened)).toEqual({ ...OPENED, classNames: ['a', 'b', 'c'] });
  });

  it('is known by its layers where the metadata are missing', async () => {
    const { 'metadata.json': _, ...source } = teachable;
    expect(await look(source, describeOpened)).toEqual({ format: 'teachable-machine', preprocess: 'tf' });
  });

  it.each<[string, object, object]>([
    [
      'of poses',
      { ...METADATA, packageName: '@teachablemachine/pose', labels: ['a', 'b', 'c'] },
      { format: 'teachable-machine', classNames: ['a', 'b', 'c'] },
    ],
    [
      'of sounds',
      { tfjsSpeechCommandsVersion: '0.4.0', modelName: 'TMv2', wordLabels: ['a', 'b', 'c'] },
      { format: 'teachable-machine', classNames: ['a', 'b', 'c'] },
    ],
    ['that is none', { name: 'net', version: 2 }, { format: 'tfjs-layers' }],
  ])('wants nothing of pictures if its metadata are %s', async (_, metadata, opened) => {
    expect(await look({ ...small, 'metadata.json': encodeJson(metadata) }, describeOpened)).toEqual(opened);
  });

  it('is known as keras_model.h5 with numbered labels beside it', async () => {
    const file = readFixture('keras/files/images.keras2.h5');
    const names = Array.from(
      { length: KERAS.outputs.dense!.values.length },
      (_, index) => `${index} c${index}`,
    );
    const count = Buffer.from(KERAS.outputs.dense!.values, 'base64').length / 4 / KERAS.input.shape[0]!;
    const labels = encode(names.slice(0, count).join('\n'));
    const opened = await look(zip({ 'keras_model.h5': file, 'labels.txt': labels }), describeOpened);
    expect(opened).toMatchObject({ format: 'teachable-machine', preprocess: 'tf' });
    expect(opened.classNames).toHaveLength(count);
    const other = await look(zip({ 'other.h5': file, 'labels.txt': labels }), describeOpened);
    expect(other).toMatchObject({ format: 'hdf5' });
    expect(other.preprocess).toBeUndefined();
  });
});

describe('openModel refuses', () => {
  it.each<[string, unknown, string]>([
    [
      'nothing',
      undefined,
      'source: expected a file, files, bytes, bytes by name, or an address by http or https, got undefined',
    ],
    [
      'a number',
      3,
      'source: expected a file, files, bytes, bytes by name, or an address by http or https, got 3',
    ],
    [
      'a path',
      '/models/model.json',
      'source: expected an address by http or https, got "/models/model.json"; openModel of layerscope/node takes paths',
    ],
    [
      'another address',
      new URL('ftp://a/b'),
      'source: expected an address by http or https, got "ftp://a/b"',
    ],
    ['no files', [], 'source: expected at least one file, got none'],
    ['what is no file', [new Blob([])], 'source: expected files, got a Blob as source[0]'],
    ['what is no bytes', { 'model.json': '{}' }, 'source: expected bytes by name, got "{}" as "model.json"'],
    [
      'a name twice',
      [new File([], 'a'), new File([], 'a')],
      'source: expected each name once, got "a" twice',
    ],
  ])('%s', async (_, source, words) => {
    await expect(openModel(source as never)).rejects.toThrow(TypeError);
    await expectRefused(source as never, words);
  });

  it.each<[string, object, string]>([
    ['an unknown option', { signals: 1 }, 'signals: unknown option; did you mean signal?'],
    ['a signal', { signal: 1 }, 'signal: expected an AbortSignal, got 1'],
    ['a callback', { onProgress: 1 }, 'onProgress: expected a function, got 1'],
    ['names', { classNames: 'a' }, 'classNames: expected a list of names, got "a"'],
    ['a size', { maxBytes: 0 }, 'maxBytes: expected a whole number of at least 1, got 0'],
  ])('%s that is none', async (_, options, words) => {
    await expectRefused(small, words, options);
  });

  it.each<[string, () => ModelSource, string | RegExp]>([
    ['an empty file', () => new File([], 'model.h5'), /^source: expected .*"model\.h5"/],
    [
      'a text',
      () => new File(['hello'], 'notes.txt'),
      'source: expected a .keras, .h5 or .onnx file, a model.json with its weights, or a ZIP archive of them, got "notes.txt", which is none of them',
    ],
    [
      'a page of HTML',
      () => encode('<!DOCTYPE html><p>'),
      'source: expected a model that can be opened, got the bytes, which is a page of HTML; give the address of the file itself',
    ],
    [
      'a TFLite file',
      () => new File([Uint8Array.of(0x1c, 0, 0, 0, 0x54, 0x46, 0x4c, 0x33)], 'x'),
      'got "x", which is a model of TensorFlow Lite',
    ],
    [
      'a model of PyTorch',
      () => zip({ 'archive/data.pkl': Uint8Array.of(0x80, 2) }),
      'got the bytes, which is a model of PyTorch; export it to ONNX',
    ],
    [
      'a pointer of Git LFS',
      () => new File(['version https://git-lfs.github.com/spec/v1\n'], 'model.keras'),
      'got "model.keras", which is a pointer of Git LFS to a file that is not here; fetch it with: git lfs pull',
    ],
    [
      'a model.json alone',
      () => new File([small['model.json']! as BlobPart], 'model.json'),
      'source: expected the weights "weights.bin" beside "model.json", got none that can be read (it is not among the files)',
    ],
    [
      'two models',
      () => ({ 'a.onnx': readFixture('onnx/audio.onnx'), 'b.onnx': readFixture('onnx/audio.onnx') }),
      'source: expected one model, got "a.onnx", "b.onnx" in the files; give one of them',
    ],
    [
      'files without a model',
      () => ({ 'a.txt': encode('a'), 'b.csv': encode('b') }),
      'source: expected a .keras, .h5 or .onnx file, a model.json with its weights, or a ZIP archive of them, got "a.txt", "b.csv" in the files',
    ],
    [
      'weights of Keras without a config',
      () => new File([archive['model.weights.h5']! as BlobPart], 'a.weights.h5'),
      'got "a.weights.h5": it has weights only, no model',
    ],
    [
      'a cut .keras file',
      () => zip(archive, false).slice(0, -30),
      'source: expected a ZIP archive, got the bytes, which cannot be unpacked: no directory at its end',
    ],
    [
      'a cut .h5 file',
      () => readFixture('keras/files/images.keras2.h5').slice(0, 3000),
      'source: expected a model that TensorFlow.js can build, got the bytes: ',
    ],
    [
      'a cut .onnx file',
      () => readFixture('onnx/resnet.onnx').slice(0, 3000),
      'source: expected a model that TensorFlow.js can build, got the bytes: ',
    ],
    [
      'weights outside of the folder',
      () => ({
        ...small,
        'model.json': encode(
          new TextDecoder().decode(small['model.json']).replace('weights.bin', '../weights.bin'),
        ),
      }),
      'source: expected weights in the folder of "model.json", got "../weights.bin"',
    ],
  ])('%s', async (_, source, words) => {
    await expectRefused(source(), words);
  });
});

describe('a hostile archive', () => {
  it.each<[string, Files, string]>([
    ['leads out of itself', { '../model.json': encode('{}') }, 'its entry "../model.json" leads out of it'],
    ['leads to a root', { '/model.json': encode('{}') }, 'its entry "/model.json" leads out of it'],
    ['leads to a drive', { 'C:\\model.json': encode('{}') }, 'its entry "C:\\\\model.json" leads out of it'],
    [
      'has one name twice',
      { 'a/model.json': encode('{}'), 'a/./model.json': encode('{}') },
      'it has two entries "a/model.json"',
    ],
  ])('that %s is refused', async (_, entries, words) => {
    await expectRefused(
      zip(entries),
      `source: expected a ZIP archive, got the bytes, which cannot be unpacked: ${words}`,
    );
  });

  it('that claims to hold more than it may is refused before it is unpacked', async () => {
    const bomb = zip({ 'model.keras': new Uint8Array(2 ** 20), 'labels.txt': encode('a') });
    await expectRefused(
      bomb,
      'source: expected a model of at most 100000 bytes in all, got more with "model.keras"; pass maxBytes to open it',
      { maxBytes: 100_000 },
    );
  });

  it('within others without end is refused', async () => {
    let nested = zip(small);
    for (let depth = 0; depth < 5; depth++) nested = zip({ 'a.zip': nested });
    await expectRefused(nested, 'an archive inside of others');
  });

  it('whose weights are damaged is refused', async () => {
    const bytes = zip(small, false);
    const at = bytes.length - 400;
    bytes[at - 60]! ^= 1;
    await expectRefused(bytes, /it is damaged: its check sum is another|says something else/);
  });
});
