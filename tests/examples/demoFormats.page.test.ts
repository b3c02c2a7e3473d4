import { layers, sequential } from '@tensorflow/tfjs-layers';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/index';
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
import { expectAlive, hashMaps, poll, readMessage, readOutputs, useDemo, waitForOtherMaps } from './demoPage';

const demo = useDemo();

/** Drops files on the page. */
async function drop(page: Page, files: Files): Promise<void> {
  const plain = Object.entries(files).map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')]);
  await page.evaluate((given) => {
    const dataTransfer = new DataTransfer();
    for (const [name, bytes] of given) {
      const data = Uint8Array.from(atob(bytes!), (character) => character.charCodeAt(0));
      dataTransfer.items.add(new File([data], name!));
    }
    document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  }, plain);
}

let saved: Files;
let teachable: Files;
let graph: Files;
let archive: Uint8Array;
let row: Files;

beforeAll(async () => {
  await useWasmBackend();
  const [classifier, trained] = [buildClassifier(), buildTeachable()];
  saved = await saveFiles(classifier);
  teachable = { ...(await saveFiles(trained)), 'metadata.json': encodeJson(METADATA) };
  const numbers = sequential({
    layers: [
      layers.dense({ inputShape: [784], units: 8, activation: 'relu' }),
      layers.dense({ units: 10, activation: 'softmax' }),
    ],
  });
  row = await saveFiles(numbers);
  for (const model of [classifier, trained, numbers]) model.dispose();
  graph = graphFiles(articleGraph(true));
  const nested = JSON.parse(new TextDecoder().decode(readFixture('keras/files/nested.json')));
  archive = zip(
    {
      'metadata.json': encodeJson({ keras_version: '3.10.0' }),
      'config.json': encodeJson(nested.configs.keras3),
      'model.weights.h5': readFixture('keras/files/nested.keras3.weights.h5'),
    },
    false,
  );
});

const DIGITS = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

describe('a network that is dropped on the demo', () => {
  it.each<[string, () => Files, RegExp, string, string[]]>([
    ['a .keras file', () => ({ 'mnist.keras': archive }), /^mnist\.keras: .* input 4 × 4 × 1$/, '', []],
    [
      'a .h5 file',
      () => ({ 'model.h5': readFixture('keras/files/nested.keras2.h5') }),
      /^model\.h5: .* input 4 × 4 × 1$/,
      '',
      [],
    ],
    [
      'an .onnx file',
      () => ({ 'resnet.onnx': readFixture('onnx/resnet.onnx') }),
      /^resnet\.onnx: 24 layers, 20,746 weights, input 32 × 32 × 3$/,
      'stem/stem.2/Relu',
      DIGITS,
    ],
    [
      'an export of Teachable Machine',
      () => ({ 'converted.zip': zip(teachable) }),
      /^converted\.zip: .* input 8 × 8 × 3, 2 classes$/,
      'features/mobile/Conv1',
      ['Cat', 'Dog'],
    ],
    [
      'the three files of Teachable Machine',
      () => teachable,
      /^teachable: .* input 8 × 8 × 3, 2 classes$/,
      'features/mobile/Conv1',
      ['Cat', 'Dog'],
    ],
    [
      'a model.json, its weights and its labels',
      () => ({ ...saved, 'labels.txt': encode('ash\nbirch\ncedar\n') }),
      /^small: 3 layers, 95 weights, input 6 × 5 × 1, 3 classes$/,
      'first',
      ['ash', 'birch', 'cedar'],
    ],
    [
      'the same in an archive',
      () => ({ 'model.zip': zip({ ...saved, 'labels.txt': encode('ash\nbirch\ncedar\n') }) }),
      /^model\.zip: 3 layers, .* 3 classes$/,
      'first',
      ['ash', 'birch', 'cedar'],
    ],
    [
      'a graph model',
      () => graph,
      /^model\.json: 9 layers, 12,810 weights, input 28 × 28 × 1$/,
      'conv1/Relu',
      DIGITS,
    ],
  ])('is drawn, and what it says: %s', async (_, files, state, layer, classNames) => {
    const page = await demo.open();
    const before = await hashMaps(page);
    await drop(page, files());
    await poll(() => page.locator('#own-state').textContent()).toMatch(state);
    await waitForOtherMaps(page, before);
    const heading = page.locator('.layerscope-layer h3, .layerscope-layer h2').first();
    expect(await heading.textContent()).toContain(layer);
    if (classNames.length > 0)
      await poll(async () => Object.keys(await readOutputs(page))).toEqual(classNames);
    expect(await readMessage(page)).toBe('');
    await expectAlive(page);
  });

  it('is refused in clear words where it cannot be opened, and the one before stays', async () => {
    const page = await demo.open();
    const onnx = readFixture('onnx/resnet.onnx');
    const h5 = readFixture('keras/files/nested.keras2.h5');
    const cases: [Files, RegExp][] = [
      [
        { 'model.tflite': encode('\x1c\0\0\0TFL3 and so on') },
        /got "model\.tflite", which is a model of TensorFlow Lite; open the model that it was made from$/,
      ],
      [{ 'cut.keras': archive.subarray(0, 900) }, /got "cut\.keras", which cannot be unpacked: /],
      [{ 'cut.h5': h5.subarray(0, 5000) }, /got "cut\.h5": the HDF5 file is damaged or cut off/],
      [{ 'cut.onnx': onnx.subarray(0, 30_000) }, /got "cut\.onnx": .* it has been cut off$/],
      [
        { 'model.json': graph['model.json']! },
        /expected the weights "weights\.bin" beside "model\.json", got none/,
      ],
      [{ 'weights.bin': graph['weights.bin']! }, /got "weights\.bin", which is none of them$/],
    ];
    for (const [files, message] of cases) {
      await drop(page, files);
      await poll(() => readMessage(page)).toMatch(/^This could not be opened: /);
      await poll(() => readMessage(page)).toMatch(message);
      await expectAlive(page);
    }
    expect(await page.locator('[name=network][value=trained]').isChecked()).toBe(true);
  });

  it('may take a picture as a row of numbers, and shows what has learnt something', async () => {
    const page = await demo.open();
    await drop(page, row);
    await poll(() => page.locator('#own-state').textContent()).toMatch(/, input 784$/);
    await poll(async () => Object.keys(await readOutputs(page))).toEqual(DIGITS);
    await page
      .locator('.layerscope-tiles')
      .first()
      .hover({ position: { x: 20, y: 3 } });
    await poll(() => page.locator('.layerscope-sight').innerText()).toContain(
      'sees at most rows 0–27, columns 0–27 of the input',
    );
    await expectAlive(page);
  });
});
