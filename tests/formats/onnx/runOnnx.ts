import * as ort from 'onnxruntime-web';
import { addOutputs, type OnnxType } from './writeOnnx';

/** Numbers as the file has them: channels first. */
export interface OnnxResult {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

export interface OnnxInput {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
  readonly type?: OnnxType;
}

/**
 * Runs an ONNX file by onnxruntime-web.
 *
 * @param names Of the values that are wanted, inner ones too.
 */
export async function runOnnx(
  file: Uint8Array,
  inputs: Readonly<Record<string, OnnxInput>>,
  names: readonly string[],
): Promise<Map<string, OnnxResult>> {
  ort.env.wasm.numThreads = 1;
  ort.env.logLevel = 'error';
  const plain = await ort.InferenceSession.create(file);
  const hidden = names.filter((name) => !plain.outputNames.includes(name));
  const session = hidden.length > 0 ? await ort.InferenceSession.create(addOutputs(file, hidden)) : plain;
  const feeds = Object.fromEntries(
    Object.entries(inputs).map(([name, { shape, values, type = 'float' }]) => [
      name,
      new ort.Tensor((ORT_TYPES[type] ?? type) as 'float32', toArray(values, type) as Float32Array, [
        ...shape,
      ]),
    ]),
  );
  const results = await session.run(feeds, [...names]);
  return new Map(
    names.map((name) => {
      const { dims, data } = results[name]!;
      return [name, { shape: dims, values: Array.from(data as ArrayLike<number | bigint>, Number) }];
    }),
  );
}

const ORT_TYPES: Readonly<Record<string, 'float32' | 'float64'>> = { float: 'float32', double: 'float64' };

function toArray(values: ArrayLike<number>, type: OnnxType): ort.Tensor.DataType {
  switch (type) {
    case 'int64':
      return BigInt64Array.from(Array.from(values, BigInt));
    case 'int32':
      return Int32Array.from(values);
    case 'int8':
      return Int8Array.from(values);
    case 'uint8':
    case 'bool':
      return Uint8Array.from(values);
    case 'double':
      return Float64Array.from(values);
    default:
      return Float32Array.from(values);
  }
}
