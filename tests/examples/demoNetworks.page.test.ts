import { createCanvas } from '@napi-rs/canvas';
import { io } from '@tensorflow/tfjs-core';
import { model as createModel, input, type LayersModel, layers, sequential } from '@tensorflow/tfjs-layers';
import type { Page } from 'playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { computeActivations, createActivationModel, useWasmBackend } from '../../src/index';
import {
  expectAlive,
  hashMaps,
  poll,
  readMessage,
  readOutputs,
  useDemo,
  waitForBest,
  waitForOtherMaps,
} from './demoPage';

const demo = useDemo();

interface Chosen {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

let color: LayersModel;
let colorFiles: [Chosen, Chosen];

beforeAll(async () => {
  await useWasmBackend();
  color = sequential({
    name: 'colours',
    layers: [
      layers.conv2d({
        name: 'edges',
        inputShape: [32, 32, 3],
        filters: 4,
        kernelSize: 3,
        activation: 'relu',
      }),
      layers.maxPooling2d({ name: 'smaller', poolSize: 4 }),
      layers.flatten({ name: 'flat' }),
      layers.dense({ name: 'classes', units: 5, activation: 'softmax' }),
    ],
  });
  colorFiles = await save(color);
});

/** The two files of a model, as TensorFlow.js writes them when it saves one in a browser. */
async function save(model: LayersModel): Promise<[Chosen, Chosen]> {
  let artifacts: io.ModelArtifacts | undefined;
  await model.save(
    io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const { modelTopology, weightSpecs, weightData, ...rest } = artifacts!;
  const paths = ['./model.weights.bin'];
  const json = { ...rest, modelTopology, weightsManifest: [{ paths, weights: weightSpecs }] };
  return [
    {
      name: 'model.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(json)),
    },
    {
      name: 'model.weights.bin',
      mimeType: 'application/octet-stream',
      buffer: Buffer.from(weightData as ArrayBuffer),
    },
  ];
}

function jsonFile(value: unknown, name = 'model.json'): Chosen {
  return { name, mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(value)) };
}

const choose = (page: Page, name: string) => page.getByText(name, { exact: true }).click();

/** First and latest loss, which the curve has as its text. */
async function readLoss(page: Page): Promise<[first: number, latest: number]> {
  const label = await page.locator('.curves svg').first().getAttribute('aria-label');
  const [, first, latest] = /^Loss: from ([\d.]+) to ([\d.]+)$/.exec(label ?? '') ?? [];
  return [Number(first), Number(latest)];
}

/** What the explorer shows of probabilities. */
function sharesOf(output: Float32Array) {
  return Object.fromEntries(
    Array.from(output, (share, index) => [String(index), `${(100 * share).toFixed(1)} %`]),
  );
}

describe('a network of one’s own on the demo', () => {
  it('shows what Node computes for a picture of the network’s size', async () => {
    const canvas = createCanvas(32, 32);
    const context = canvas.getContext('2d');
    for (let at = 0; at < 1024; at++) {
      context.fillStyle = `rgb(${(at * 7) % 256} ${(at * 13) % 256} ${(at * 29) % 256})`;
      context.fillRect(at % 32, at >> 5, 1, 1);
    }
    const img = context.getImageData(0, 0, 32, 32);
    const [, output] = await computeActivations(createActivationModel(color, ['edges', 'classes']), {
      width: 32,
      height: 32,
      data: Uint8Array.from(img.data),
    });
    const expected = sharesOf(output!.data);

    const page = await demo.open();
    await choose(page, 'Your own');
    await page.setInputFiles('#model-files', colorFiles);
    await poll(() =>
      page.locator('.layerscope-layer h3, .layerscope-layer h2').first().textContent(),
    ).toMatch(/^edges/);
    const buffer = canvas.toBuffer('image/png');
    await page.setInputFiles('#picture-file', { name: 'noise.png', mimeType: 'image/png', buffer });
    await poll(() => readOutputs(page)).toEqual(expected);
    expect(await page.locator('#own-state').textContent()).toBe(
      'colours: 4 layers, 1,097 weights, input 32 × 32 × 3',
    );

    // Another range of values, and the way back.
    const select = page.getByLabel('Values of the image');
    await select.selectOption('tf');
    const [, , inRange] = await computeActivations(
      createActivationModel(color, ['edges', 'flat', 'classes']),
      { width: 32, height: 32, data: Uint8Array.from(img.data) },
      { preprocess: 'tf' },
    );
    await poll(() => readOutputs(page)).toEqual(sharesOf(inRange!.data));
    await select.selectOption('');
    await poll(() => readOutputs(page)).toEqual(expected);

    // Drawn digits, and the way back.
    const maps = await hashMaps(page);
    await page.getByRole('button', { name: 'Drawn digit 7' }).click();
    await waitForOtherMaps(page, maps);
    await choose(page, 'Trained');
    await waitForBest(page, '7');
    await choose(page, 'Your own');
    await poll(async () => Object.keys(await readOutputs(page))).toEqual(['0', '1', '2', '3', '4']);
    expect(await readMessage(page)).toBe('');
  });

  it('says what is wrong with files that are no model, and goes on', async () => {
    const two = await saveTwoInputs();
    const [json, weights] = colorFiles;
    const manifest = JSON.parse(json.buffer.toString());
    const unknown = structuredClone(manifest);
    unknown.modelTopology.config.layers[0].class_name = 'Telepathy';
    const vast = structuredClone(manifest);
    vast.modelTopology.config.layers.at(-1).config.units = 1e9;
    const cases: [Chosen[], RegExp][] = [
      [
        [{ ...json, buffer: Buffer.from('PNG?') }],
        /^This could not be opened: expected a model\.json, got "model\.json", which holds /,
      ],
      [[jsonFile({ a: 1 })], /: expected a layers model, got "model\.json", which has no modelTopology$/],
      [[jsonFile(null)], /: expected a model\.json, got "model\.json", which holds null$/],
      [
        [jsonFile({ modelTopology: {} })],
        /: expected a model with weights, got "model\.json", which has no weights/,
      ],
      [
        [json],
        /: expected the weights "\.\/model\.weights\.bin" beside "model\.json", got none that can be read/,
      ],
      [
        [weights],
        /: expected a \.keras, \.h5 or \.onnx file, .*, got "model\.weights\.bin", which is none of them$/,
      ],
      [[{ ...weights, name: 'cat.h5' }], /: expected a model that TensorFlow\.js can build, got "cat\.h5": /],
      [
        [
          { ...json, name: 'a.json' },
          { ...json, name: 'b.json' },
        ],
        /: expected one model, got "a\.json", "b\.json" in the files; give one of them$/,
      ],
      [
        [json, { ...weights, buffer: weights.buffer.subarray(0, 100) }],
        /: expected 4388 bytes in "\.\/model\.weights\.bin" beside "model\.json", got 100 bytes$/,
      ],
      [
        [jsonFile(unknown), weights],
        /: expected a model that TensorFlow\.js can build, got "model\.json": .*Telepathy/,
      ],
      [[jsonFile(vast), weights], /: expected a model that TensorFlow\.js can build, got "model\.json": /],
      [two, /^model: expected one input for a picture, such as \[batch, height, width, channels\]/],
    ];
    const page = await demo.open();
    for (const [files, message] of cases) {
      await page.setInputFiles('#model-files', files);
      await poll(() => readMessage(page)).toMatch(message);
      await expectAlive(page);
    }
    expect(await page.locator('[name=network][value=trained]').isChecked()).toBe(true);
  });
});

async function saveTwoInputs(): Promise<Chosen[]> {
  const inputs = [input({ shape: [8, 8, 1] }), input({ shape: [8, 8, 1] })];
  const sum = layers.add().apply(inputs);
  const outputs = layers.conv2d({ name: 'conv', filters: 2, kernelSize: 3 }).apply(sum);
  return await save(createModel({ inputs, outputs: outputs as ReturnType<typeof input> }));
}

describe('training on the demo', () => {
  it('learns from chance to reading, and the maps change meanwhile', async () => {
    const page = await demo.open();
    const trained = await readOutputs(page);
    const before = await hashMaps(page);
    await choose(page, 'Learning');
    await waitForOtherMaps(page, before);
    const untrained = await hashMaps(page);
    expect(Number.parseFloat((await readOutputs(page))[3]!)).toBeLessThan(80);

    await page.getByLabel('Digits', { exact: true }).selectOption('5000');
    await page.getByRole('button', { name: 'Train' }).click();
    await waitForOtherMaps(page, untrained);
    await waitForOtherMaps(page, await hashMaps(page));
    // The page stays free: a digit is picked and shown while the network learns.
    const state = page.locator('#training-state');
    await page.getByRole('button', { name: 'Drawn digit 1' }).click();
    await poll(() => page.locator('.pad canvas').getAttribute('aria-label')).toBe('The drawn digit 1');
    expect(await state.textContent()).not.toMatch(/^Done/);

    await poll(() => state.textContent(), 90_000).toMatch(/^Done\. It reads [\d.]+ %/);
    expect(Number.parseFloat(/[\d.]+(?= %)/.exec((await state.textContent())!)![0])).toBeGreaterThan(75);
    const [first, latest] = await readLoss(page);
    // Chance among ten is a loss of ln 10.
    expect(Math.abs(first - Math.log(10))).toBeLessThan(0.8);
    expect(latest).toBeLessThan(first / 2);
    expect(await page.locator('#progress').evaluate((bar: HTMLProgressElement) => bar.value)).toBe(1);
    expect(page.workers()).toEqual([]);
    await waitForBest(page, '1');

    await choose(page, 'Trained');
    await page.reload();
    await poll(() => readOutputs(page)).toEqual(trained);
  }, 150_000);

  it('stops at once, and goes back to the shipped weights', async () => {
    const page = await demo.open();
    const trained = await readOutputs(page);
    const shipped = await hashMaps(page);
    await choose(page, 'Learning');
    await waitForOtherMaps(page, shipped);
    const untrained = await hashMaps(page);
    await page.getByLabel('Digits', { exact: true }).selectOption('5000');
    await page.getByRole('button', { name: 'Train' }).click();
    await waitForOtherMaps(page, untrained);
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await page.locator('#training-state').textContent()).toMatch(/^Stopped\./);
    expect(await page.getByRole('button', { name: 'Stop' }).isDisabled()).toBe(true);
    await poll(() => page.workers()).toEqual([]);
    await page.waitForTimeout(1000);
    const stopped = await hashMaps(page);
    await page.waitForTimeout(1000);
    expect(await hashMaps(page)).toBe(stopped);

    await choose(page, 'Trained');
    await poll(() => hashMaps(page)).toBe(shipped);
    expect(await readOutputs(page)).toEqual(trained);
    // What was learnt is kept.
    await choose(page, 'Learning');
    await poll(() => hashMaps(page)).toBe(stopped);
  });

  it('says so when the worker fails', async () => {
    const page = await demo.open({
      before: () => {
        const { Worker } = window;
        window.Worker = class extends Worker {
          constructor() {
            super(URL.createObjectURL(new Blob(['throw new Error("no room")'])));
          }
        } as typeof Worker;
      },
    });
    await choose(page, 'Learning');
    await page.getByRole('button', { name: 'Train' }).click();
    await poll(() => readMessage(page)).toMatch(/^The training has failed: .*no room/);
    await page.getByRole('button', { name: 'Close' }).click();
    await choose(page, 'Trained');
    await expectAlive(page);
  });
});
