import type { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import { quote } from '../../common/quote';
import { isRecord } from './KerasConfig';
import { readSetting } from './readNamedLayer';

/** Windows, their steps and the distances in them, in values; more than any image has pixels in a row. */
const STEPS = ['kernel_size', 'pool_size', 'strides', 'dilation_rate', 'size'];
const MOST_STEP = 4096;

/** How many numbers a layer puts out or takes in; each is a length of its weights. */
const LENGTHS = ['units', 'filters', 'input_dim', 'output_dim'];
/** Where there are no weights to compare with: what a float32 can count. */
const MOST_LENGTH = 2 ** 24;

const SHAPES = ['batch_input_shape', 'batch_shape', 'input_shape'];

/**
 * Checks the numbers that say how large the layers of a model are, in models and layers inside too, before TensorFlow.js takes
 * memory for them, or goes through a window of a billion places.
 *
 * @param root The model, once it has been converted; keys may be `in_this_way` or `inThisWay`.
 * @param weightSpecs What is in the file of weights, if there is one: no layer can be larger.
 * @throws Error naming the layer, and the number that is not what it must be.
 */
export function requireSizes(root: unknown, weightSpecs: io.ModelArtifacts['weightSpecs']): void {
  const lengths = (weightSpecs ?? []).flatMap(({ shape }) => shape).filter(Number.isInteger);
  const most = lengths.length > 0 ? lengths.reduce((one, other) => Math.max(one, other), 1) : MOST_LENGTH;
  // A list of our own in place of recursion: what is inside of layers may be as deep as a file is long.
  const open: { value: unknown; path: string }[] = [{ value: root, path: '' }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, path } = next;
    if (Array.isArray(value)) for (const each of value) open.push({ value: each, path });
    if (!isRecord(value)) continue;
    const { config } = value;
    const isLayer = readSetting(value, 'class_name') !== undefined && isRecord(config);
    const name = isLayer ? (value.name ?? config.name) : undefined;
    const inside = value !== root && typeof name === 'string' ? `${path}/${name}` : path;
    if (isLayer && inside !== path) requireLayer(config, inside.slice(1), most);
    for (const each of Object.values(value)) open.push({ value: each, path: inside });
  }
}

function requireLayer(config: Readonly<Record<string, unknown>>, path: string, mostLength: number): void {
  const check = (
    keys: readonly string[],
    expected: string,
    isRight: (size: unknown) => boolean,
    read: typeof readSetting = readSetting,
  ) => {
    for (const key of keys) {
      const given = read(config, key);
      if (given === undefined || given === null) continue;
      for (const size of Array.isArray(given) ? given.flat() : [given]) {
        if (isRight(size)) continue;
        throw new Error(
          `the layer ${quote(path)}: expected ${expected} as ${key}, got ${describeValue(size)}`,
        );
      }
    }
  };
  const isWhole = (size: unknown, most: number): boolean =>
    Number.isInteger(size) && (size as number) >= 1 && (size as number) <= most;
  check(STEPS, `whole numbers from 1 to ${MOST_STEP}`, (size) => isWhole(size, MOST_STEP));
  check(LENGTHS, `a whole number from 1 to ${mostLength}, the longest that any weight is,`, (size) =>
    isWhole(size, mostLength),
  );
  check(SHAPES, `sizes from 1 to ${MOST_LENGTH}`, (size) => size === null || isWhole(size, MOST_LENGTH));
  const isSound = (value: unknown) => typeof value !== 'number' || Number.isFinite(value);
  check(Object.keys(config), 'finite numbers', isSound, (_, key) => config[key]);
}
