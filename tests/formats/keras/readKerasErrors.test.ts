import { describe, expect, it } from 'vitest';
import { readKerasArchive } from '../../../src/formats/keras/readKerasArchive';
import { readKerasHdf5 } from '../../../src/formats/keras/readKerasHdf5';
import { readFixture } from '../hdf5/readFixture';
import { packKeras } from './packKeras';
import { encodeJson, readExpected, readKerasFixture, type WrittenLayer } from './readKerasFixture';

/** Files of weights of one model, by folders and by names. */
const FILES = ['images.keras3.weights.h5', 'images.names3.weights.h5'];

/** The model that the weights are of, with other layers. */
function changeModel(change: (layers: WrittenLayer[]) => WrittenLayer[]): string {
  const { keras3 } = readExpected('images').configs;
  return JSON.stringify({
    ...keras3,
    config: { ...keras3.config, layers: change([...keras3.config.layers]) },
  });
}

function changeLayer(name: string, config: object): string {
  return changeModel((layers) =>
    layers.map((layer) =>
      layer.config.name === name ? { ...layer, config: { ...layer.config, ...config } } : layer,
    ),
  );
}

async function messageOf(promise: Promise<unknown>): Promise<string> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(Object.getPrototypeOf(error)).toBe(Error.prototype);
  const { message } = error as Error;
  expect(message.length).toBeLessThan(400);
  return message;
}

describe.each(FILES)('weights that are not those of the model: %s', (file) => {
  const read = (config: string) => messageOf(packKeras(readKerasHdf5(readKerasFixture(file), config)));

  it('have another shape', async () => {
    expect(await read(changeLayer('dense_1', { units: 6 }))).toBe(
      'the layer "dense_1": expected kernel of shape [?, 6], got [72, 5]; the weights are those of another model',
    );
    expect(await read(changeLayer('conv2d', { kernel_size: [3, 3] }))).toBe(
      'the layer "conv2d": expected kernel of shape [3, 3, ?, 3], got [1, 1, 4, 3]; the weights are those of another model',
    );
  });

  it('lack one', async () => {
    const added = { class_name: 'Dense', config: { name: 'more', units: 2 } };
    expect(await read(changeModel((layers) => [...layers, added]))).toMatch(
      /^the layer "more" has no kernel in the weights/,
    );
  });

  it('have one more, of a layer that has none of that name', async () => {
    expect(await read(changeLayer('dense', { use_bias: false }))).toMatch(
      /^the layer "dense" .*(vars\/1|dense\/bias)/,
    );
  });

  it('have those of a layer more', async () => {
    expect(await read(changeModel((layers) => layers.slice(0, -1)))).toMatch(/^the weights have .*dense/);
  });
});

describe('a .keras file', () => {
  const { keras3 } = readExpected('images').configs;
  const weights = readKerasFixture('images.keras3.weights.h5');

  it('says what is wrong with its parts', async () => {
    const read = (config: Uint8Array, bytes = weights) =>
      messageOf(packKeras(readKerasArchive({ config, weights: bytes })));
    expect(await read(new TextEncoder().encode('{"a":'))).toBe('config.json: expected JSON, got "{\\"a\\":"');
    expect(await read(encodeJson([1]))).toBe('config.json: expected an object, got [1]');
    expect(await read(encodeJson({ class_name: 'MyModel', config: {} }))).toBe(
      'the model is a MyModel, whose layers the file does not name; build it of layers, with keras.Model(inputs, outputs)',
    );
    expect(await read(encodeJson(keras3), weights.subarray(0, 20000))).toMatch(
      /^the HDF5 file is damaged or cut off: expected \d+ bytes at \d+, of which there are \d+$/,
    );
    expect(await read(encodeJson(keras3), encodeJson({}))).toBe(
      'expected a HDF5 file, got one that does not begin like one',
    );
  });

  it('names the layer of somebody’s own whose weights have numbers only', async () => {
    const own = changeModel((layers) =>
      layers.map((layer) => (layer.config.name === 'p' ? { ...layer, class_name: 'PReLu' } : layer)),
    );
    expect(
      await messageOf(packKeras(readKerasArchive({ config: new TextEncoder().encode(own), weights }))),
    ).toBe(
      'the layer "p" is a PReLu, of which the weight "layers/p_re_lu/vars/0" is not known; save the model as .h5, where weights have names',
    );
  });
});

describe('a hostile configuration', () => {
  const weights = readKerasFixture('images.names3.weights.h5');
  const nest = (className: string, depth: number) => {
    let layer: WrittenLayer = { class_name: 'LSTM', config: { name: 'l', units: 1 } };
    for (let level = 0; level < depth; level++)
      layer = { class_name: className, config: { name: 'n', layer } };
    return changeModel(() => [layer]);
  };

  it('of layers inside each other without end is refused', async () => {
    const expected = 'the layer "n" has more than 100 layers inside each other';
    expect(await messageOf(packKeras(readKerasHdf5(weights, nest('TimeDistributed', 300))))).toBe(expected);
  });

  it('of lists inside each other without end is refused', async () => {
    const config = `{"class_name":"Sequential","config":${'['.repeat(1e5)}${']'.repeat(1e5)}}`;
    const expected = 'config: expected at most 1000 lists and objects inside each other, got more';
    expect(await messageOf(packKeras(readKerasHdf5(weights, config)))).toBe(expected);
  });

  it('of a layer that doubles itself again and again takes no time', async () => {
    expect(await messageOf(packKeras(readKerasHdf5(weights, nest('Bidirectional', 60))))).toMatch(
      /^the weights have the layer/,
    );
  });
});

describe('a .h5 file', () => {
  it('that has weights only asks for the model', async () => {
    for (const file of FILES) {
      expect(await messageOf(packKeras(readKerasHdf5(readKerasFixture(file))))).toBe(
        'it has weights only, no model; save the whole model with model.save("model.keras"), or give what model.to_json() returns beside it',
      );
    }
  });

  it('that is something else says so', async () => {
    const expected = 'it is a HDF5 file, but neither a model of Keras nor the weights of one';
    expect(await messageOf(packKeras(readKerasHdf5(readFixture('latest'))))).toBe(expected);
    expect(await messageOf(packKeras(readKerasHdf5(readFixture('latest'), '{}')))).toBe(expected);
  });

  it('takes weights of layers of somebody’s own by their names', async () => {
    const own = changeModel((layers) =>
      layers.map((layer) => (layer.config.name === 'p' ? { ...layer, class_name: 'Mine' } : layer)),
    );
    const { weightSpecs } = await packKeras(readKerasHdf5(readKerasFixture('images.names3.weights.h5'), own));
    expect(weightSpecs).toContainEqual({ name: 'p/alpha', shape: [4, 4, 6], dtype: 'float32' });
  });

  it('takes the layers in their order where the model has other names', async () => {
    const renamed = changeModel((layers) =>
      layers.map((layer, index) => ({ ...layer, config: { ...layer.config, name: `layer ${index}` } })),
    );
    const { weightSpecs } = await packKeras(
      readKerasHdf5(readKerasFixture('images.names2.weights.h5'), renamed),
    );
    expect(weightSpecs![0]).toEqual({ name: 'layer 1/kernel', shape: [3, 3, 2, 4], dtype: 'float32' });
    expect(weightSpecs!.at(-1)).toEqual({ name: 'layer 12/bias', shape: [3], dtype: 'float32' });
  });
});
