import { BLOCKS } from './mobileNet.js';

/** Writes MobileNet as PyTorch exports it: the normalization is in the convolutions, images are in NCHW. */
export function writeOnnx({ size, classes, share }) {
  const graph = [];
  let value = 'input';
  const put = (type, inputs, attributes = []) => {
    const output = `${type}_${graph.length}`;
    const node = [...inputs.map((name) => text(1, name)), text(2, output), text(3, output), text(4, type)];
    graph.push(message(1, [...node, ...attributes.map((attribute) => message(5, attribute))]));
    value = output;
  };
  const weight = (name, shape) => {
    const count = shape.reduce((product, length) => product * length, 1);
    const values = Float32Array.from({ length: count }, (_, at) => Math.sin(at * 12.9898) / 16);
    const dims = shape.map((length) => number(1, length));
    graph.push(message(5, [...dims, number(2, 1), text(8, name), bytes(9, Buffer.from(values.buffer))]));
    return name;
  };
  const convolve = (channels, filters, kernel, stride, groups) => {
    const name = `conv${graph.length}`;
    const weights = [
      weight(`${name}.weight`, [filters, channels / groups, kernel, kernel]),
      weight(`${name}.bias`, [filters]),
    ];
    const pad = (kernel - 1) / 2;
    put(
      'Conv',
      [value, ...weights],
      [
        integers('kernel_shape', [kernel, kernel]),
        integers('strides', [stride, stride]),
        integers('pads', [pad, pad, pad, pad]),
        integer('group', groups),
      ],
    );
    put('Relu', [value]);
  };
  let channels = 32 * share;
  convolve(3, channels, 3, 2, 1);
  for (const [filters, stride] of BLOCKS) {
    convolve(channels, channels, 3, stride, channels);
    convolve(channels, filters * share, 1, 1, 1);
    channels = filters * share;
  }
  put('GlobalAveragePool', [value]);
  put('Flatten', [value]);
  const dense = [weight('fc.weight', [classes, channels]), weight('fc.bias', [classes])];
  put('Gemm', [value, ...dense], [integer('transB', 1)]);
  graph.push(
    text(2, 'mobilenet'),
    describe(11, 'input', [1, 3, size, size]),
    describe(12, value, [1, classes]),
  );
  return Buffer.concat([number(1, 8), message(7, graph), message(8, [number(2, 17)])]);
}

function describe(field, name, shape) {
  const dims = shape.map((length) => message(1, [number(1, length)]));
  return message(field, [text(1, name), message(2, [message(1, [number(1, 1), message(2, dims)])])]);
}

function integer(name, value) {
  return [text(1, name), number(3, value), number(20, 2)];
}

function integers(name, values) {
  return [text(1, name), ...values.map((value) => number(8, value)), number(20, 7)];
}

function message(field, parts) {
  return bytes(field, Buffer.concat(parts));
}

function text(field, value) {
  return bytes(field, Buffer.from(value));
}

function bytes(field, content) {
  return Buffer.concat([varint(field * 8 + 2), varint(content.length), content]);
}

function number(field, value) {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

function varint(value) {
  const list = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    if (rest < 128) return Buffer.from([...list, rest]);
    list.push((rest % 128) | 128);
  }
}
