import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../src/backend/useWasmBackend';
import { planReceptiveField } from '../../../src/model/receptiveField/planReceptiveField';
import { traceReceptiveField } from '../../../src/model/receptiveField/traceReceptiveField';
import { randomSource } from '../../training/random';
import { buildRandomModel } from './buildRandomModel';
import { perturb, pixelsOf } from './perturb';

const SIZE = [14, 12] as const;

describe('traceReceptiveField', () => {
  beforeAll(() => useWasmBackend());

  it.each(Array.from({ length: 100 }, (_, seed) => seed))(
    'finds the pixels that change a value of random network %i',
    (seed) => {
      const source = randomSource(seed);
      const model = buildRandomModel(source, SIZE);
      const plan = planReceptiveField(model, SIZE);
      const { rows, columns, dependsOn } = perturb(model, 'end', SIZE);
      const places = [
        [0, 0],
        [rows - 1, columns - 1],
        [0, columns - 1],
        [rows - 1, 0],
        [Math.floor(rows / 2), Math.floor(columns / 2)],
        [source.whole(0, rows - 1), source.whole(0, columns - 1)],
      ] as const;
      const kinds = model.layers.map((layer) => layer.getClassName()).join();
      for (const [row, column] of places) {
        const field = traceReceptiveField(plan, 'end', row, column);
        expect(field.exact, kinds).toBe(true);
        expect(pixelsOf(field, SIZE[1]), `${kinds} at ${row}, ${column}`).toEqual(dependsOn(row, column));
      }
      model.dispose();
    },
  );
});
