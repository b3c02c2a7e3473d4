import type { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import { parseJson } from '../../common/parseJson';
import { shorten } from '../../common/quote';
import type { ModelContent, ModelKind } from './ModelContent';

/** A `model.json` that has been checked. */
export type ModelJson = io.ModelJSON;
export type WeightGroup = io.WeightsManifestConfig[number];
type WeightSpec = WeightGroup['weights'][number];

/** Bytes a value, for the types that a layer's weights have; text is not among them. */
const VALUE_BYTES: Readonly<Record<string, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8 };
const QUANTIZED_BYTES: Readonly<Record<string, number>> = { uint8: 1, uint16: 2, float16: 2 };

/** Arrays and objects in one another at the most: models inside models take four each. */
const DEEPEST = 1024;

/** Values at the most, of which a layer or a node has some fifty. */
const MOST_VALUES = 2 ** 20;

/**
 * Parses a `model.json` and checks all of it that tfjs reads numbers by, since tfjs itself would go on with whatever
 * numbers come out.
 *
 * @param origin What the caller's argument is called, and where the file is, quoted: for the messages.
 * @param wanted What it must be of; either if absent.
 * @throws Error saying what it is instead of the `model.json` of such a model.
 */
export function parseModelJson(
  origin: Pick<ModelContent, 'argument' | 'place'>,
  text: string,
  wanted?: ModelKind,
): ModelJson {
  const fail = (expected: string, got: string, cause?: unknown): never => {
    const options = cause === undefined ? undefined : { cause };
    throw new Error(`${origin.argument}: expected ${expected}, got ${origin.place}, ${got}`, options);
  };
  const json = parse(text, (words, cause) => fail('a model.json', words, cause));
  if (!isRecord(json)) return fail('a model.json', `which holds ${describeValue(json)}`);
  const { modelTopology, weightsManifest } = json;
  const kind = kindOf(json);
  if (wanted === 'layers' && kind === 'graph') {
    return fail('a layers model', 'which is a graph model; loadGraphModel loads it');
  }
  if (!isRecord(modelTopology)) return fail(`a ${wanted ?? 'layers'} model`, 'which has no modelTopology');
  if (wanted === 'graph' && kind === 'layers') {
    return fail('a graph model', 'which is a layers model; loadModel loads it');
  }
  if (!Array.isArray(weightsManifest)) return fail('a model with weights', 'which has no weightsManifest');
  for (const [index, group] of weightsManifest.entries()) {
    if (!isGroup(group)) {
      return fail('paths and weights in each group', `whose weightsManifest[${index}] lacks them`);
    }
    const spec = group.weights.find((candidate) => !isSpec(candidate));
    if (spec !== undefined) {
      return fail(
        'weights of a name, a shape, a type of float32, int32, bool or complex64 and a quantization that fits',
        `whose weightsManifest[${index}] has ${shorten(JSON.stringify(spec), 120)}`,
      );
    }
  }
  return json as unknown as ModelJson;
}

/** The bytes that a weight takes in a file. */
export function countBytes({ shape, dtype, quantization }: WeightSpec): number {
  const valueBytes = quantization ? QUANTIZED_BYTES[quantization.dtype]! : VALUE_BYTES[dtype]!;
  return countValues(shape) * valueBytes;
}

/** The values of a weight. */
export function countValues(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** What the JSON of a model is of. */
export function kindOf({ format, modelTopology }: { format?: unknown; modelTopology?: unknown }): ModelKind {
  const hasNodes = isRecord(modelTopology) && Array.isArray(modelTopology.node);
  return format === 'graph-model' || hasNodes ? 'graph' : 'layers';
}

function parse(text: string, fail: (words: string, cause: unknown) => never): unknown {
  try {
    return parseJson(text, DEEPEST, MOST_VALUES);
  } catch (cause) {
    return fail(`which holds ${(cause as Error).message}`, cause);
  }
}

function isGroup(group: unknown): group is { paths: string[]; weights: unknown[] } {
  return (
    isRecord(group) &&
    Array.isArray(group.paths) &&
    group.paths.every((path) => typeof path === 'string') &&
    Array.isArray(group.weights)
  );
}

function isSpec(spec: unknown): boolean {
  return (
    isRecord(spec) &&
    typeof spec.name === 'string' &&
    Array.isArray(spec.shape) &&
    spec.shape.every((length) => Number.isSafeInteger(length) && length >= 0) &&
    typeof spec.dtype === 'string' &&
    Object.hasOwn(VALUE_BYTES, spec.dtype) &&
    (!('quantization' in spec) || fits(spec.quantization, spec.dtype))
  );
}

/** Whether a quantization is one that tfjs can undo: 16-bit floats to floats, whole numbers by a scale to either. */
function fits(quantization: unknown, dtype: string): boolean {
  if (!isRecord(quantization)) return false;
  if (quantization.dtype === 'float16') return dtype === 'float32';
  return (
    (quantization.dtype === 'uint8' || quantization.dtype === 'uint16') &&
    (dtype === 'float32' || dtype === 'int32') &&
    Number.isFinite(quantization.scale) &&
    Number.isFinite(quantization.min)
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
