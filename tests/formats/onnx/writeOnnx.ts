/** A setting of a node: floats as `{ float }` or `{ floats }`, whole numbers, texts, tensors. */
export type OnnxSetting =
  | number
  | string
  | readonly number[]
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | OnnxArray;

/** Numbers with a shape, in one of ONNX's types. */
export interface OnnxArray {
  readonly shape: readonly number[];
  readonly values: readonly number[] | Float32Array;
  /** @defaultValue 'float' */
  readonly type?: OnnxType;
  /** Where the values lie, if not in the file. */
  readonly external?: { readonly location: string; readonly offset: number };
}

export type OnnxType = keyof typeof TYPES;

export interface OnnxNodeText {
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly name: string;
  readonly domain: string;
  readonly attributes: Readonly<Record<string, OnnxSetting>>;
}

export interface OnnxText {
  readonly opset?: number;
  readonly nodes: readonly OnnxNodeText[];
  readonly initializers?: Readonly<Record<string, OnnxArray>>;
  /** Sizes that are texts are open. */
  readonly inputs: Readonly<
    Record<string, { readonly shape: readonly (number | string)[]; readonly type?: OnnxType }>
  >;
  readonly outputs: readonly string[];
}

const TYPES = {
  float: 1,
  uint8: 2,
  int8: 3,
  uint16: 4,
  int16: 5,
  int32: 6,
  int64: 7,
  bool: 9,
  float16: 10,
  double: 11,
  uint32: 12,
  bfloat16: 16,
} as const;

/** A node of the file. */
export function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: OnnxNodeText['attributes'] = {},
  name = `${op}_${outputs[0]}`,
  domain = '',
): OnnxNodeText {
  return { op, inputs, outputs, attributes, name, domain };
}

/** Writes an ONNX file. */
export function writeOnnx({ opset = 17, nodes, initializers = {}, inputs, outputs }: OnnxText): Uint8Array {
  const graph = [
    ...nodes.flatMap((one) => bytesField(1, writeNode(one))),
    ...textField(2, 'test'),
    ...Object.entries(initializers).flatMap(([name, array]) => bytesField(5, writeTensor(array, name))),
    ...Object.entries(inputs).flatMap(([name, { shape, type }]) =>
      bytesField(11, writeValueInfo(name, type, shape)),
    ),
    ...outputs.flatMap((name) => bytesField(12, textField(1, name))),
  ];
  return Uint8Array.from([
    ...numberField(1, 8),
    ...textField(2, 'test'),
    ...bytesField(7, graph),
    ...bytesField(8, [...textField(1, ''), ...numberField(2, opset)]),
  ]);
}

/** Adds values to what a file puts out; protobuf merges messages that come twice. */
export function addOutputs(file: Uint8Array, names: readonly string[]): Uint8Array {
  const graph = names.flatMap((name) => bytesField(12, textField(1, name)));
  return Uint8Array.from([...file, ...bytesField(7, graph)]);
}

function writeTensor({ shape, values, type = 'float', external }: OnnxArray, name = ''): number[] {
  const entry = (key: string, value: string) =>
    bytesField(13, [...textField(1, key), ...textField(2, value)]);
  return [
    ...shape.flatMap((size) => numberField(1, size)),
    ...numberField(2, TYPES[type]),
    ...textField(8, name),
    ...(external
      ? [
          ...entry('location', external.location),
          ...entry('offset', String(external.offset)),
          ...numberField(14, 1),
        ]
      : bytesField(9, encode(values, type))),
  ];
}

function encode(values: OnnxArray['values'], type: OnnxType): Uint8Array {
  const arrays = {
    float: () => Float32Array.from(values),
    uint8: () => Uint8Array.from(values),
    int8: () => Int8Array.from(values),
    uint16: () => Uint16Array.from(values),
    int16: () => Int16Array.from(values),
    int32: () => Int32Array.from(values),
    int64: () => BigInt64Array.from(Array.from(values, BigInt)),
    bool: () => Uint8Array.from(values),
    // Their bits, as whole numbers.
    float16: () => Uint16Array.from(values),
    bfloat16: () => Uint16Array.from(values),
    double: () => Float64Array.from(values),
    uint32: () => Uint32Array.from(values),
  };
  return new Uint8Array(arrays[type]().buffer);
}

function writeNode({ op, inputs, outputs, attributes, name, domain }: OnnxNodeText): number[] {
  return [
    ...inputs.flatMap((input) => textField(1, input)),
    ...outputs.flatMap((output) => textField(2, output)),
    ...textField(3, name),
    ...textField(4, op),
    ...Object.entries(attributes).flatMap(([key, value]) => bytesField(5, writeAttribute(key, value))),
    ...(domain ? textField(7, domain) : []),
  ];
}

function writeAttribute(name: string, value: OnnxSetting): number[] {
  const head = textField(1, name);
  const kind = (type: number) => numberField(20, type);
  if (typeof value === 'number') return [...head, ...numberField(3, value), ...kind(2)];
  if (typeof value === 'string') return [...head, ...textField(4, value), ...kind(3)];
  if ('float' in value) return [...head, (2 << 3) | 5, ...floatBytes(value.float), ...kind(1)];
  if ('floats' in value) {
    return [...head, ...value.floats.flatMap((one) => [(7 << 3) | 5, ...floatBytes(one)]), ...kind(6)];
  }
  if ('shape' in value) return [...head, ...bytesField(5, writeTensor(value)), ...kind(4)];
  return [...head, ...value.flatMap((one) => numberField(8, one)), ...kind(7)];
}

function writeValueInfo(
  name: string,
  type: OnnxType = 'float',
  shape: readonly (number | string)[],
): number[] {
  const dims = shape.flatMap((size) =>
    bytesField(1, typeof size === 'number' ? numberField(1, size) : textField(2, size)),
  );
  const tensor = [...numberField(1, TYPES[type]), ...bytesField(2, dims)];
  return [...textField(1, name), ...bytesField(2, bytesField(1, tensor))];
}

function floatBytes(value: number): Uint8Array {
  return new Uint8Array(Float32Array.of(value).buffer);
}

function textField(id: number, text: string): number[] {
  return bytesField(id, new TextEncoder().encode(text));
}

function bytesField(id: number, bytes: ArrayLike<number>): number[] {
  return [...varint((id << 3) | 2), ...varint(bytes.length), ...Array.from(bytes)];
}

function numberField(id: number, value: number): number[] {
  return [...varint(id << 3), ...varint(value)];
}

function varint(value: number): number[] {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}
