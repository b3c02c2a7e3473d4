import type { Tensor } from '@tensorflow/tfjs-core';
import { describeValue } from '../common/errors';
import { listNearest } from '../common/listNearest';
import { quote } from '../common/quote';
import type { ImageInput, NetworkInput } from './ImageInput';
import { type ImageOptions, imageToTensor } from './imageToTensor';
import { numbersToTensor } from './numbersToTensor';
import type { Preprocess } from './Preprocess';
import { isPicture, pictureToTensor } from './pictureToTensor';

/** What a network takes, input by input. */
export interface NetworkInputs {
  readonly inputNames: readonly string[];
  readonly inputShapes: readonly (readonly (number | null)[])[];
  /** What becomes of a picture's bytes: for all, and for each where that is another. */
  readonly preprocess?: Preprocess;
  readonly inputPreprocess?: readonly Preprocess[];
}

/**
 * Turns what a network is given into a tensor for each of its inputs: images where an input has four sizes, or a picture is
 * given; numbers otherwise.
 *
 * @param img For a network with several inputs, a list with an entry for each, or an object with their names as keys.
 * @returns As many images in each; the caller disposes them.
 * @throws TypeError or RangeError (the promise is rejected) naming the input that does not fit. No tensor is left then.
 */
export async function inputsToTensors(
  img: NetworkInput,
  { inputNames, inputShapes, inputPreprocess, preprocess }: NetworkInputs,
  options: ImageOptions,
): Promise<Tensor[]> {
  const inputs = inputShapes.length === 1 ? [img as ImageInput] : listInputs(img, inputNames);
  const tensors: Tensor[] = [];
  try {
    for (const [index, input] of inputs.entries()) {
      const shape = inputShapes[index]!;
      const tensor =
        shape.length === 4
          ? imageToTensor(input, shape, options, inputPreprocess?.[index] ?? preprocess)
          : isPicture(input)
            ? pictureToTensor(input, shape, options, inputPreprocess?.[index] ?? preprocess)
            : numbersToTensor(input, shape, options.maxPixels);
      tensors.push(
        await (inputs.length === 1 ? tensor : tensor.catch((error) => rename(error, inputNames[index]!))),
      );
    }
    const batches = tensors.map(({ shape }) => shape[0]);
    if (batches.some((batch) => batch !== batches[0])) {
      throw new RangeError(
        `img: expected as many images for each input, got ${batches.map((batch, index) => `${batch} for ${quote(inputNames[index]!)}`).join(', ')}`,
      );
    }
    return tensors;
  } catch (error) {
    for (const tensor of tensors) tensor.dispose();
    throw error;
  }
}

function listInputs(img: NetworkInput, names: readonly string[]): ImageInput[] {
  const short = (name: string) => quote(name, 30);
  const expected = `expected an entry for each of the inputs ${listNearest(names, undefined, short, 160)}`;
  if (Array.isArray(img)) {
    if (img.length !== names.length) throw new RangeError(`img: ${expected}, got ${img.length}`);
    return img as ImageInput[];
  }
  if (typeof img !== 'object' || img === null)
    throw new TypeError(`img: ${expected}, got ${describeValue(img)}`);
  // An image has keys too, which are no names of inputs.
  if (!names.some((name) => Object.hasOwn(img, name))) {
    const example = names.slice(0, 2).map((name, index) => `${short(name)}: ${['one', 'other'][index]}`);
    const all = names.length > 2 ? [...example, '…'] : example;
    throw new RangeError(`img: ${expected}, got none; give them by name, as in { ${all.join(', ')} }`);
  }
  const entries = new Map<string, ImageInput>(Object.entries(img));
  for (const name of [...entries.keys(), ...names]) {
    if (names.includes(name) && entries.has(name)) continue;
    const got = names.includes(name) ? `none for ${quote(name)}` : `one for ${quote(name)}`;
    throw new RangeError(`img: ${expected}, got ${got}`);
  }
  return names.map((name) => entries.get(name)!);
}

/** Says which of several inputs an error is about. */
function rename(error: unknown, name: string): never {
  const message = error instanceof Error ? error.message.replace(/^img/, `img[${quote(name)}]`) : '';
  if (error instanceof TypeError) throw new TypeError(message, { cause: error });
  if (error instanceof RangeError) throw new RangeError(message, { cause: error });
  throw error;
}
