import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { zipSync } from 'fflate';
import { buildMobileNet } from './mobileNet.js';
import { writeHdf5 } from './writeHdf5.js';
import { writeOnnx } from './writeOnnx.js';

/** Keras 3 numbers weights, in this order. */
const ORDER = ['kernel', 'depthwise_kernel', 'gamma', 'beta', 'bias', 'moving_mean', 'moving_variance'];

/**
 * Writes one network in each form that is opened.
 *
 * @param scale `'large'`, 14 MB of weights, or `'small'`, 0.3 MB.
 * @returns The files by their form, for each the path and the path of its weights, which may be the same.
 */
export async function writeModelFiles(folder, scale) {
  const network = { size: 224, classes: 300, share: scale === 'large' ? 1 : 1 / 8 };
  const model = buildMobileNet(network);
  let artifacts;
  await model.save(
    io.withSaveHandler(async (given) => {
      artifacts = given;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
  );
  const { weightSpecs, weightData, ...rest } = artifacts;
  const block = [weightData].flat()[0];
  const write = (name, content) => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const weights = write('weights.bin', new Uint8Array(block));
  const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
  const json = write('model.json', JSON.stringify({ ...rest, weightsManifest: manifest }));
  const config = JSON.stringify({ class_name: 'Sequential', config: artifacts.modelTopology.config });
  const arrays = readArrays(weightSpecs, block);
  const h5 = write('model.h5', writeKeras2(config, arrays));
  const archive = {
    'config.json': Buffer.from(config),
    'metadata.json': Buffer.from(JSON.stringify({ keras_version: '3.10.0' })),
    'model.weights.h5': writeHdf5(listFolders(arrays)),
  };
  // As Keras does it: stored, not packed.
  const keras = write('model.keras', zipSync(archive, { level: 0 }));
  model.dispose();
  const onnx = write('model.onnx', writeOnnx(network));
  return {
    'model.json': { path: json, weights },
    '.h5': { path: h5, weights: h5 },
    '.keras': { path: keras, weights: keras },
    '.onnx': { path: onnx, weights: onnx },
  };
}

/** The arrays of each layer by the names of its weights. */
function readArrays(specs, block) {
  const arrays = new Map();
  let at = 0;
  for (const { name, shape } of specs) {
    const [layer, weight] = name.split('/');
    const count = shape.reduce((product, length) => product * length, 1);
    const values = new Float32Array(block, at, count);
    arrays.set(layer, { ...arrays.get(layer), [weight]: { shape, values } });
    at += values.byteLength;
  }
  return arrays;
}

function writeKeras2(config, arrays) {
  const groups = [...arrays].map(([layer, weights]) => {
    const names = Object.keys(weights).map((weight) => `${layer}/${weight}:0`);
    const inside = Object.fromEntries(
      Object.entries(weights).map(([weight, array]) => [`${weight}:0`, array]),
    );
    return [layer, { attributes: { weight_names: names }, children: { [layer]: { children: inside } } }];
  });
  const weights = { attributes: { layer_names: [...arrays.keys()] }, children: Object.fromEntries(groups) };
  return writeHdf5({
    attributes: { model_config: config, keras_version: '2.15.0', backend: 'tensorflow' },
    children: { model_weights: weights },
  });
}

/** As Keras 3 has them: a folder for each layer, of weights that have numbers. */
function listFolders(arrays) {
  const folders = [...arrays].map(([layer, weights]) => {
    const names = Object.keys(weights).sort((one, other) => ORDER.indexOf(one) - ORDER.indexOf(other));
    const numbered = Object.fromEntries(names.map((name, index) => [String(index), weights[name]]));
    return [layer, { children: { vars: { children: numbered } } }];
  });
  return { children: { layers: { children: Object.fromEntries(folders) } } };
}
