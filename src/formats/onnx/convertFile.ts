import type { io } from '@tensorflow/tfjs-core';
import { describeValue as describeArgument } from '../../common/errors';
import type { LazyWeight } from '../weights/LazyWeight';
import { chooseLayout } from './chooseLayout';
import { convertGraph } from './convertGraph';
import { dtypeOf } from './file/elementTypes';
import type { OnnxModel, OnnxValueInfo, ReadExternal } from './file/OnnxModel';
import { readOnnxModel } from './file/readOnnxModel';
import { createFolder } from './folding/foldNode';
import { createGraphWriter, type GraphWriter } from './graph/createGraphWriter';
import { arrange, type Size, type Value } from './graph/Value';

/** ONNX's operators have changed their meaning before these versions, or may after them. */
const OPSETS = { first: 7, last: 21 };

/** A graph model whose weights have yet to be read. */
export interface ConvertedFile {
  readonly artifacts: io.ModelArtifacts;
  readonly weights: readonly LazyWeight[];
}

/**
 * Does what `convertOnnxModel` does, apart from the numbers of the weights. Until these are read, the bytes must stay as they are.
 *
 * @throws What it does.
 */
export function convertFile(bytes: Uint8Array, external?: ReadExternal): ConvertedFile {
  const { opset, graph } = read(bytes, external);
  if (opset < OPSETS.first || opset > OPSETS.last) {
    throw new Error(
      `expected an opset of ${OPSETS.first} to ${OPSETS.last}, got ${opset}; export the network with another opset_version`,
    );
  }
  const writer = createGraphWriter();
  const constants = new Set(graph.initializers.map(({ name }) => name));
  // Old files list what they hold among what they take.
  const taken = graph.inputs.filter(({ name }) => !constants.has(name));
  if (taken.length === 0) throw new Error('expected a graph with inputs, got one without');
  const given = new Map<string, Value>();
  for (const info of taken) {
    const { type, shape } = requireTyped(info);
    const layout = chooseLayout(graph, info.name, shape);
    const value = writer.addInput(info.name, {
      type,
      shape: shape.map((size) => size ?? writer.newSize()),
      layout,
    });
    writer.remember(value);
    given.set(info.name, value);
  }
  const values = convertGraph(graph, opset, given, writer, createFolder(writer.newSize));
  const outputs = graph.outputs.map(({ name }) => {
    const value = values.get(name);
    if (!value) throw new Error(`expected a node that puts out ${JSON.stringify(name)}, got none`);
    return { name, value: value.output ? value : putConstant(writer, name, value) };
  });
  const { modelTopology, weights } = writer.write();
  return {
    artifacts: {
      format: 'graph-model',
      generatedBy: 'onnx',
      convertedBy: 'layerscope',
      modelTopology,
      signature: {
        inputs: describeValues([...given].map(([name, value]) => ({ name, value }))),
        outputs: describeValues(outputs),
      },
    },
    weights,
  };
}

function read(bytes: Uint8Array, external: ReadExternal | undefined): OnnxModel {
  if (Object.prototype.toString.call(bytes) !== '[object Uint8Array]') {
    throw new TypeError(`bytes: expected the bytes of an ONNX file, got ${describeArgument(bytes)}`);
  }
  try {
    return readOnnxModel(bytes, external);
  } catch (cause) {
    throw new Error(`bytes: expected an ONNX model, got none that can be read: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function requireTyped({ name, type, shape }: OnnxValueInfo): Required<OnnxValueInfo> & {
  type: NonNullable<OnnxValueInfo['type']>;
  shape: NonNullable<OnnxValueInfo['shape']>;
} {
  if (type && shape) return { name, type, shape };
  throw new Error(
    `expected an input ${JSON.stringify(name)} of a shape that the file tells, got one without; export the network anew`,
  );
}

/** A constant that comes out as it is. */
function putConstant(writer: GraphWriter, name: string, value: Value): Value {
  return writer.finish(name, 'Constant', [{ ...value, output: writer.read(value) }])[0]!;
}

interface NamedValue {
  readonly name: string;
  readonly value: Value;
}

/** In an object, names that are numbers come before others, the smallest first: if that is another order, they are written otherwise. */
function describeValues(entries: readonly NamedValue[]) {
  const describe = (suffix: string) =>
    Object.fromEntries(entries.map(({ name, value }) => [`${name}${suffix}`, describeValue(value)]));
  const described = describe('');
  const isInOrder = Object.keys(described).every((name, index) => name === entries[index]!.name);
  return isInOrder ? described : describe(':0');
}

function describeValue({ type, shape, layout, output }: Value) {
  const { draft, index } = output!;
  const dim = arrange<Size>(shape, layout).map((size) => ({ size: typeof size === 'number' ? size : -1 }));
  return {
    name: `${draft.name}:${index}`,
    dtype: { float32: 'DT_FLOAT', int32: 'DT_INT32', bool: 'DT_BOOL' }[dtypeOf(type)],
    tensorShape: { dim },
  };
}
