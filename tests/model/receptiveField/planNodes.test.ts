import type { GraphModel } from '@tensorflow/tfjs-converter';
import { memory, type Tensor, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { probeGraph } from '../../../src/model/graph/probeGraph';
import { readAllNodes } from '../../../src/model/graph/readNodes';
import { listLayers } from '../../../src/model/listLayers';
import { planNodes } from '../../../src/model/receptiveField/planNodes';
import { traceReceptiveField } from '../../../src/model/receptiveField/traceReceptiveField';
import { loadReferenceModel } from '../../loadReferenceModel';
import { randomSource } from '../../training/random';
import { articleGraph } from '../graph/articleGraph';
import { loadGraph, writeGraph } from '../graph/graphDef';
import { pixelsOf } from './perturb';

const [HEIGHT, WIDTH] = [12, 10];

type Writer = ReturnType<typeof writeGraph>;
/** Writes nodes that read `x`, of the shape [1, 12, 10, 2]. */
type Build = (writer: Writer) => void;

const WINDOW = { strides: [1, 1, 1, 1], padding: 'SAME', data_format: 'NHWC', dilations: [1, 1, 1, 1] };

function weights(count: number, seed = 1): Float32Array {
  // All above 0, so that nothing cancels out.
  return randomSource(seed)
    .floats(count)
    .map((value) => 0.1 + Math.abs(value));
}

const integers = (writer: Writer, name: string, values: readonly number[], isScalar = false) =>
  writer.constant(name, isScalar ? [] : [values.length], values, 'int32');

/** What every graph begins with: two channels of the image, a window of 3 × 2 over it. */
function begin(build: Build): Writer {
  const writer = writeGraph();
  const image = writer.image('image', [1, HEIGHT, WIDTH, 1]);
  const kernel = writer.constant('kernel', [3, 2, 1, 2], weights(12));
  writer.node('x', 'Conv2D', [image, kernel], WINDOW);
  build(writer);
  return writer;
}

const GRAPHS: Readonly<Record<string, Build>> = {
  'a convolution with strides, dilation and valid padding': (w) => {
    w.constant('k', [3, 3, 2, 3], weights(54));
    w.node('one', 'Conv2D', ['x', 'k'], { ...WINDOW, strides: [1, 2, 1, 1], padding: 'VALID' });
    w.constant('k2', [2, 3, 3, 2], weights(36));
    w.node('two', 'Conv2D', ['one', 'k2'], { ...WINDOW, dilations: [1, 2, 1, 1] });
  },
  'a fused convolution with explicit padding': (w) => {
    w.constant('k', [3, 3, 2, 3], weights(54));
    w.constant('b', [3], weights(3));
    w.node('one', '_FusedConv2D', ['x', 'k', 'b'], {
      ...WINDOW,
      padding: 'EXPLICIT',
      explicit_paddings: [0, 0, 2, 0, 1, 1, 0, 0],
      num_args: 1,
      fused_ops: ['BiasAdd', 'Relu'],
    });
  },
  'depthwise convolutions': (w) => {
    w.constant('k', [3, 3, 2, 1], weights(18));
    w.node('one', 'DepthwiseConv2dNative', ['x', 'k'], { ...WINDOW, strides: [1, 2, 2, 1] });
    w.node('two', 'DepthwiseConv2dNative', ['one', 'k'], { ...WINDOW, padding: 'VALID' });
  },
  'a transposed convolution': (w) => {
    w.constant('k', [3, 3, 3, 2], weights(54));
    integers(w, 'size', [1, 24, 20, 3]);
    w.node('one', 'Conv2DBackpropInput', ['size', 'k', 'x'], { ...WINDOW, strides: [1, 2, 2, 1] });
    integers(w, 'size2', [1, 25, 21, 3]);
    w.node('two', 'Conv2DBackpropInput', ['size2', 'k', 'x'], {
      ...WINDOW,
      strides: [1, 2, 2, 1],
      padding: 'VALID',
    });
  },
  'pooling of both kinds, and elementwise work with what goes round it': (w) => {
    const pool = { ksize: [1, 3, 2, 1], strides: [1, 2, 1, 1], padding: 'SAME', data_format: 'NHWC' };
    w.node('one', 'MaxPool', ['x'], pool);
    w.node('two', 'AvgPool', ['one'], { ...pool, padding: 'VALID' });
    w.node('three', 'AvgPool', ['x'], { ...pool, strides: [1, 1, 1, 1] });
    w.node('four', 'AddV2', ['x', 'three']);
    w.constant('scale', [1, 1, 2], weights(2));
    w.node('five', 'Mul', ['four', 'scale']);
    w.node('six', 'Relu6', ['five']);
  },
  'padding with zeros and with mirrors': (w) => {
    w.constant('p', [4, 2], [0, 0, 1, 2, 3, 0, 0, 0], 'int32');
    w.node('one', 'PadV2', ['x', 'p', w.constant('zero', [], [0])]);
    w.node('two', 'MirrorPad', ['x', 'p'], { mode: 'REFLECT' });
    w.node('three', 'MirrorPad', ['x', 'p'], { mode: 'SYMMETRIC' });
    w.constant('k', [5, 5, 2, 1], weights(50));
    w.node('four', 'Conv2D', ['two', 'k'], { ...WINDOW, padding: 'VALID' });
  },
  'joining along channels and along rows': (w) => {
    w.constant('k', [1, 3, 2, 2], weights(12));
    w.node('wide', 'Conv2D', ['x', 'k'], WINDOW);
    w.node('one', 'ConcatV2', ['x', 'wide', integers(w, 'channels', [3], true)]);
    w.node('two', 'ConcatV2', ['x', 'wide', integers(w, 'down', [1], true)]);
    w.node('three', 'ConcatV2', ['wide', 'x', integers(w, 'across', [-2], true)]);
  },
  'resizing in every manner': (w) => {
    for (const [name, size] of Object.entries({ up: [24, 30], down: [6, 5] })) {
      integers(w, name, size);
      for (const op of ['ResizeBilinear', 'ResizeNearestNeighbor']) {
        w.node(`${op}/${name}`, op, ['x', name], { align_corners: false, half_pixel_centers: false });
        w.node(`${op}/${name}/half`, op, ['x', name], { align_corners: false, half_pixel_centers: true });
        w.node(`${op}/${name}/corners`, op, ['x', name], { align_corners: true, half_pixel_centers: false });
      }
    }
  },
  'channels first, and back': (w) => {
    w.node('first', 'Transpose', ['x', integers(w, 'order', [0, 3, 1, 2])]);
    w.constant('k', [1, 2, 1, 1], weights(2));
    w.node('scaled', 'Mul', ['first', 'k']);
    w.node('back', 'Transpose', ['scaled', integers(w, 'order2', [0, 2, 3, 1])]);
    w.constant('k2', [3, 3, 2, 1], weights(18));
    w.node('one', 'Conv2D', ['back', 'k2'], WINDOW);
  },
  'rows and columns changed round': (w) => {
    w.node('turned', 'Transpose', ['x', integers(w, 'order', [0, 2, 1, 3])]);
    w.constant('k', [5, 1, 2, 1], weights(10));
    w.node('one', 'Conv2D', ['turned', 'k'], WINDOW);
    w.node('two', 'MaxPool', ['one'], { ksize: [1, 1, 4, 1], strides: [1, 1, 2, 1], padding: 'VALID' });
    w.node('back', 'Transpose', ['two', 'order']);
  },
  'channels that are shuffled by way of five axes': (w) => {
    w.constant('k', [3, 3, 2, 4], weights(72));
    w.node('four', 'Conv2D', ['x', 'k'], WINDOW);
    w.node('groups', 'Reshape', ['four', integers(w, 'to5', [-1, HEIGHT, WIDTH, 2, 2])]);
    w.node('turned', 'Transpose', ['groups', integers(w, 'order', [0, 1, 2, 4, 3])]);
    w.node('one', 'Reshape', ['turned', integers(w, 'to4', [-1, HEIGHT, WIDTH, 4])]);
  },
  'slices, strided too, and parts of channels': (w) => {
    w.node('one', 'Slice', ['x', integers(w, 'at', [0, 2, 1, 0]), integers(w, 'size', [-1, 7, 8, 2])]);
    w.node(
      'two',
      'StridedSlice',
      [
        'x',
        integers(w, 'from', [0, 1, 0, 0]),
        integers(w, 'to', [0, 0, 0, 0]),
        integers(w, 'by', [1, 2, 3, 1]),
      ],
      { begin_mask: 13, end_mask: 15 },
    );
    w.node(
      'three',
      'StridedSlice',
      ['x', integers(w, 'f', [0, -4, 0, 0]), integers(w, 't', [1, 9, 10, 2]), integers(w, 'b', [1, 1, 1, 1])],
      { begin_mask: 0, end_mask: 0, shrink_axis_mask: 2 },
    );
    w.node('parts', 'Split', [integers(w, 'axis', [3], true), 'x'], { num_split: 2 });
    w.node('four', 'Relu', ['parts:1']);
    w.node('chosen', 'GatherV2', ['x', integers(w, 'which', [1, 1]), integers(w, 'channels', [3], true)]);
  },
  'depth to space': (w) => {
    w.constant('k', [1, 1, 2, 4], weights(8));
    w.node('four', 'Conv2D', ['x', 'k'], WINDOW);
    w.node('one', 'DepthToSpace', ['four'], { block_size: 2, data_format: 'NHWC' });
  },
  'dilation by way of the batch': (w) => {
    w.constant('p', [2, 2], [2, 4, 2, 2], 'int32');
    w.node('apart', 'SpaceToBatchND', ['x', integers(w, 'block', [3, 2]), 'p']);
    w.constant('k', [2, 3, 2, 1], weights(12));
    w.node('inner', 'Conv2D', ['apart', 'k'], { ...WINDOW, padding: 'VALID' });
    w.constant('crops', [2, 2], [1, 1, 0, 1], 'int32');
    w.node('one', 'BatchToSpaceND', ['inner', 'block', 'crops']);
  },
  'means that scale channels': (w) => {
    w.constant('k', [1, 2, 2, 2], weights(8));
    w.node('small', 'Conv2D', ['x', 'k'], { ...WINDOW, strides: [1, 2, 2, 1] });
    w.node('mean', 'Mean', ['small', integers(w, 'axes', [1, 2])], { keep_dims: true });
    w.node('gate', 'Sigmoid', ['mean']);
    w.node('one', 'Mul', ['small', 'gate']);
    w.node('vector', 'Mean', ['small', 'axes'], { keep_dims: false });
    w.node('row', 'Max', ['small', integers(w, 'first', [-3])], { keep_dims: false });
    w.node('sum', 'Sum', ['row', integers(w, 'second', [1])], { keep_dims: true });
  },
  'all numbers in a row': (w) => {
    w.node('flat', 'Reshape', ['x', integers(w, 'to', [-1, HEIGHT * WIDTH * 2])]);
    w.constant('k', [HEIGHT * WIDTH * 2, 3], weights(HEIGHT * WIDTH * 6));
    w.node('dense', 'MatMul', ['flat', 'k'], { transpose_a: false, transpose_b: false });
    w.node('soft', 'Softmax', ['dense']);
    w.node('square', 'Reshape', ['soft', integers(w, 'to4', [-1, 1, 1, 3])]);
    w.constant('b', [3], weights(3));
    w.node('last', 'AddV2', ['square', 'b']);
  },
  'a matrix for each place': (w) => {
    w.constant('k', [2, 3], weights(6));
    w.node('rows', 'BatchMatMulV2', ['x', 'k'], { adj_x: false, adj_y: false });
    w.node('soft', 'Softmax', ['x']);
    w.constant('down', [1, 1, WIDTH, 4], weights(4 * WIDTH));
    w.node('across', 'BatchMatMulV2', ['x', 'down'], { adj_x: true, adj_y: false });
  },
};

/** Unlike the gradient, sees what a maximum leaves out. */
function dependencies(model: GraphModel, name: string, row: number, column: number): number[] {
  const pixels = HEIGHT * WIDTH;
  const read = (pixel: number, value: number): number[] => {
    const data = new Float32Array(pixels).fill(0.5);
    if (pixel >= 0) data[pixel] = value;
    return tidy(() => {
      const output = model.execute({ image: tensor4d(data, [1, HEIGHT, WIDTH, 1]) }, name) as Tensor;
      const values = output.dataSync();
      if (output.rank !== 4) return [...values];
      const [, , columns, channels] = output.shape as [number, number, number, number];
      const at = (row * columns + column) * channels;
      return [...values.slice(at, at + channels)];
    });
  };
  const before = read(-1, 0).join();
  return Array.from({ length: pixels }, (_, pixel) => pixel).filter((pixel) =>
    [1000, -1000].some((value) => read(pixel, value).join() !== before),
  );
}

describe('planNodes', () => {
  beforeAll(() => useWasmBackend());

  it.each(Object.entries(GRAPHS))('knows %s', async (title, build) => {
    const model = await loadGraph(begin(build).graph);
    const before = memory().numTensors;
    const nodes = readAllNodes(model);
    const probe = probeGraph(model, nodes, { batch: 1, height: HEIGHT, width: WIDTH });
    expect(memory().numTensors).toBe(before);
    const plan = planNodes('image', nodes, probe);
    const skipped: string[] = [];
    for (const { name } of nodes.slice(1)) {
      const use = plan.uses[plan.useOf.get(name)!]!;
      const [rows, columns] = use.size;
      if (use.rank !== 4 && (rows > 1 || columns > 1 || use.isMixed)) {
        skipped.push(name);
        continue;
      }
      for (const [row, column] of [
        [rows >> 1, columns >> 1],
        [0, 0],
        [rows - 1, columns - 1],
      ] as const) {
        const field = traceReceptiveField(plan, name, row, column);
        expect(field.exact, `${name} at ${row}, ${column}`).toBe(true);
        expect(pixelsOf(field, WIDTH), `${name} at ${row}, ${column}`).toEqual(
          dependencies(model, name, row, column),
        );
      }
    }
    expect(skipped).toEqual(UNNAMED[title] ?? []);
    model.dispose();
  });

  it.each([false, true])(
    'lists the fields that the same network has as layers, nodes fused: %s',
    async (fused) => {
      const [graph, layers] = [await loadGraph(articleGraph(fused)), await loadReferenceModel()];
      const fieldsOf = (model: Parameters<typeof listLayers>[0]) =>
        new Map(listLayers(model).map(({ path, receptiveField }) => [path, receptiveField]));
      const [ofNodes, ofLayers] = [fieldsOf(graph), fieldsOf(layers)];
      for (const [node, layer] of [
        ['cnn/conv1/Relu', 'conv1'],
        ['cnn/pool1/MaxPool', 'max_pooling2d'],
        ['cnn/conv2/Relu', 'conv2'],
        ['cnn/pool2/MaxPool', 'max_pooling2d_1'],
        ['cnn/dense/Softmax', 'dense'],
      ] as const) {
        expect(ofNodes.get(node)).toEqual(ofLayers.get(layer));
      }
      expect(ofNodes.get('cnn/conv2/Relu')).toEqual([8, 8]);
      graph.dispose();
      layers.dispose();
    },
  );
});

/** Whose places have no names of their own; what follows them has. */
const UNNAMED: Readonly<Record<string, readonly string[]>> = {
  'channels first, and back': ['first', 'scaled'],
  'rows and columns changed round': ['turned', 'one', 'two'],
  'channels that are shuffled by way of five axes': ['groups', 'turned'],
  'slices, strided too, and parts of channels': ['three'],
  'dilation by way of the batch': ['apart', 'inner'],
  'means that scale channels': ['row'],
  'all numbers in a row': ['flat'],
  'a matrix for each place': ['across'],
};
