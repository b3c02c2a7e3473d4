// Opens a model of the reader's own: a model.json and its weight files, as TensorFlow.js saves them.
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { convertKerasModel } from 'layerscope';

const WANTED = 'Choose the model.json of a layers model together with all of its weight files.';

/** Bytes a number, by the type that it has in a file. */
const BYTES = { float32: 4, int32: 4, bool: 1, complex64: 8, float16: 2, uint8: 1, uint16: 2 };

/**
 * @param {File[]} files in any order
 * @returns the model, which the caller disposes
 * @throws Error in words for the page
 */
export async function openModelFiles(files) {
  const descriptions = files.filter(({ name }) => /\.json$/i.test(name));
  if (descriptions.length === 0) {
    const names = files.map(({ name }) => `“${name}”`).join(', ');
    const isKeras = files.some(({ name }) => /\.(h5|keras|pb)$/i.test(name));
    throw new Error(
      `There is no model.json among ${names}. ${isKeras ? 'Convert the model with tensorflowjs_converter first.' : WANTED}`,
    );
  }
  if (descriptions.length > 1) throw new Error(`There are ${descriptions.length} JSON files. ${WANTED}`);
  const [description] = descriptions;
  const groups = readDescription(await description.text(), description.name);
  const weights = findWeightFiles(groups, files);
  try {
    const artifacts = await io.browserFiles([description, ...weights]).load();
    // Those of Keras 3 are written otherwise than TensorFlow.js expects.
    return await loadLayersModel(io.fromMemory(convertKerasModel(artifacts)));
  } catch (cause) {
    throw new Error(`“${description.name}” could not be made into a network: ${cause.message}`, { cause });
  }
}

/** Checks what TensorFlow.js reads numbers by, since it would go on with whatever comes out. */
function readDescription(text, name) {
  let json;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error(`“${name}” is not JSON, so it is no model. ${WANTED}`, { cause });
  }
  if (json?.format === 'graph-model' || Array.isArray(json?.modelTopology?.node)) {
    throw new Error(`“${name}” is a graph model, which has no layers to look into. ${WANTED}`);
  }
  if (typeof json?.modelTopology !== 'object' || json.modelTopology === null) {
    throw new Error(`“${name}” does not describe a network. ${WANTED}`);
  }
  const groups = json.weightsManifest;
  const isGood =
    Array.isArray(groups) &&
    groups.every((group) => Array.isArray(group?.paths) && Array.isArray(group.weights));
  if (!isGood) throw new Error(`“${name}” does not say which weights it has. ${WANTED}`);
  return groups;
}

/** Finds the files of each group by their names, as many bytes as its weights take. */
function findWeightFiles(groups, files) {
  return groups.flatMap(({ paths, weights }) => {
    const found = paths.map((path) => {
      const name = String(path).split('/').at(-1);
      const file = files.find((candidate) => candidate.name === name);
      if (!file) throw new Error(`The weight file “${name}” is missing. ${WANTED}`);
      return file;
    });
    const expected = weights.reduce((sum, weight) => sum + countBytes(weight), 0);
    const size = found.reduce((sum, file) => sum + file.size, 0);
    if (size !== expected) {
      const names = found.map(({ name }) => `“${name}”`).join(', ');
      throw new Error(
        `The weights need ${expected.toLocaleString('en')} bytes, and ${names} has ${size.toLocaleString('en')}. It may be cut off, or of another model.`,
      );
    }
    return found;
  });
}

function countBytes(weight) {
  const { shape, dtype, quantization } = weight ?? {};
  const bytes = BYTES[quantization?.dtype ?? dtype];
  if (
    !bytes ||
    !Array.isArray(shape) ||
    !shape.every((length) => Number.isSafeInteger(length) && length >= 0)
  ) {
    throw new Error(`The model has weights that cannot be read: ${JSON.stringify(weight)}. ${WANTED}`);
  }
  return shape.reduce((product, length) => product * length, bytes);
}
