import { model as functional, input, layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { beforeAll, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { createChainTracer } from '../../../src/model/receptiveField/createChainTracer';
import { planReceptiveField } from '../../../src/model/receptiveField/planReceptiveField';
import { traceReceptiveField } from '../../../src/model/receptiveField/traceReceptiveField';
import { randomSource } from '../../training/random';
import { buildRandomModel, type Source } from './buildRandomModel';

const SIZE = [14, 12] as const;

beforeAll(() => useWasmBackend());

/** Layers that read one to ten earlier ones each, whichever, and of which some read it in a way that is not known. */
function buildMesh({ whole, pick }: Source) {
  const image = input({ shape: [...SIZE, 1] });
  const made = [image as SymbolicTensor];
  for (let count = whole(5, 30); count > 0; count--) {
    const reads = Array.from({ length: pick([1, 2, 2, 10]) }, () => pick(made.slice(-pick([2, 30]))));
    const [first] = reads;
    const before = reads.length > 1 ? (layers.add().apply(reads) as SymbolicTensor) : first!;
    const kernelSize = pick([
      [1, 3],
      [3, 1],
      [2, 2],
      [1, 1],
    ] as [number, number][]);
    const layer = pick([
      layers.conv2d({ filters: 1, kernelSize, padding: 'same' }),
      layers.maxPooling2d({ poolSize: 3, strides: 1, padding: 'same' }),
      layers.reLU(),
      layers.permute({ dims: [1, 2, 3] }),
    ]);
    made.push(layer.apply(before) as SymbolicTensor);
  }
  return functional({ inputs: image, outputs: layers.add().apply(made.slice(-4)) as SymbolicTensor });
}

it.each(Array.from({ length: 60 }, (_, seed) => seed))(
  'finds of all layers what is found of each by itself: network %i',
  (seed) => {
    const source = randomSource(seed);
    const model = seed % 2 === 0 ? buildMesh(source) : buildRandomModel(source, SIZE);
    const plan = planReceptiveField(model, SIZE);
    const trace = createChainTracer(plan);
    for (const [name, use] of plan.useOf) {
      if (use === undefined) continue;
      const { size, rank } = plan.uses[use]!;
      const [rows, columns] = rank === 4 ? size : [1, 1];
      for (const [row, column] of [
        [rows >> 1, columns >> 1],
        [source.whole(0, rows - 1), source.whole(0, columns - 1)],
      ] as const) {
        expect(trace(name, row, column), name).toEqual(traceReceptiveField(plan, name, row, column));
      }
    }
    model.dispose();
  },
);
