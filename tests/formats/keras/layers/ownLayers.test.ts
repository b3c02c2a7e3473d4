import { readFileSync } from 'node:fs';
import { grad, mul, serialization, sum, type Tensor, tensor, tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../../../src/backend/useWasmBackend';
import { planReceptiveField } from '../../../../src/model/receptiveField/planReceptiveField';
import { traceReceptiveField } from '../../../../src/model/receptiveField/traceReceptiveField';
import { registerTrainingKernels } from '../../../../src/training/registerTrainingKernels';
import { layerModels, loadConverted, predict, run, type Weights } from '../loadConverted';

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

interface LayerCase {
  readonly label: string;
  readonly className: string;
  readonly config: object;
  readonly inputs: readonly Values[];
  readonly weights: Readonly<Record<string, Values>>;
  readonly output: Values;
}

const cases: LayerCase[] = JSON.parse(
  readFileSync(new URL('../../../fixtures/keras/layers.json', import.meta.url), 'utf8'),
);

beforeAll(async () => {
  await useWasmBackend();
});

describe('a layer of ours', () => {
  /** One case of each class with a single input, and what is special about its gradient. */
  const differentiated = cases.filter(
    ({ inputs, className, weights }, at) =>
      inputs.length === 1 &&
      !('count' in weights) &&
      cases.findIndex((other) => other.className === className && !('count' in other.weights)) === at,
  );

  it.each(differentiated)('has the gradient that differences say: $label', async (one) => {
    await registerTrainingKernels();
    const [{ shape, values }] = one.inputs as [Values];
    const weights: Weights = Object.fromEntries(
      Object.entries(one.weights).map(([name, each]) => [`l/${name}`, [each.shape, each.values]]),
    );
    const model = await loadConverted(layerModels(one.className, shape.slice(1), one.config)[3], weights);
    const layer = model.getLayer('l');
    // Each number of the output counts another way, so that no two errors make each other good.
    const factors = one.output.values.map((_, at) => Math.cos(at));
    const gradient = tidy(() => {
      const compute = (x: Tensor) => sum(mul(layer.call(x, {}) as Tensor, tensor(factors, one.output.shape)));
      return [...grad(compute)(tensor(values, shape)).dataSync()];
    });
    const total = (at: number, step: number) => {
      const moved = values.map((value, place) => (place === at ? value + step : value));
      return predict(model, shape, moved).reduce((whole, value, place) => whole + value * factors[place]!, 0);
    };
    for (let at = 0; at < values.length; at += Math.ceil(values.length / 12)) {
      const difference = (total(at, 2e-3) - total(at, -2e-3)) / 4e-3;
      expect(Math.abs(gradient[at]! - difference), `value ${at}`).toBeLessThan(
        5e-3 * Math.max(1, Math.abs(difference)),
      );
    }
    model.dispose();
  });

  it('is not put in the place of one that somebody has registered', async () => {
    class Subtract extends layers.Layer {
      static readonly className = 'Subtract';

      override call(inputs: Tensor | Tensor[]): Tensor {
        return mul([inputs].flat()[0]!, 10);
      }
    }
    const { classNameMap } = serialization.SerializationMap.getMap();
    serialization.registerClass(Subtract);
    expect(await run(layerModels('Subtract', [2], {})[3], [2], [1, 2])).toEqual([10, 20]);
    delete classNameMap.Subtract;
  });

  it.each(['Subtract', 'Attention', 'AdditiveAttention'])('is refused with one tensor: %s', async (name) => {
    await expect(loadConverted(layerModels(name, [2, 1], {})[2])).rejects.toThrow(
      `the layer "l" is a ${name} that is called with 1 tensors; expected 2`,
    );
  });

  it('is refused where attention goes along some axes only', async () => {
    const config = { num_heads: 1, key_dim: 1 };
    const model = (axes: unknown, shape: number[]) =>
      loadConverted(layerModels('MultiHeadAttention', shape, { ...config, attention_axes: axes })[3]);
    await expect(model([2], [2, 2, 1])).rejects.toThrow(
      'the layer "l" is a MultiHeadAttention with attention_axes [2], of which it cannot do some alone; put a Reshape',
    );
    // There, it comes as far as to its weights.
    const unset = '8 of 8 weights are not set';
    for (const axes of [[2, 1], [-2, -3], null]) await expect(model(axes, [2, 2, 1])).rejects.toThrow(unset);
    await expect(model(1, [2, 1])).rejects.toThrow(unset);
  });

  it.each(['same', 'valid'])('says which pixels a dilated DepthwiseConv2D reads: %s', async (padding) => {
    const config = { kernel_size: [3, 2], padding, dilation_rate: [2, 3], use_bias: false };
    const weights: Weights = {
      'l/depthwise_kernel': [
        [3, 2, 1, 1],
        [1, 1, 1, 1, 1, 1],
      ],
    };
    const model = await loadConverted(layerModels('DepthwiseConv2D', [6, 6, 1], config)[3], weights);
    const { patches } = traceReceptiveField(planReceptiveField(model, [6, 6]), 'l', 0, 1);
    // Padded by two rows, and by one column of three.
    const rows = padding === 'same' ? [0, 2] : [0, 2, 4];
    expect(patches).toEqual([{ rows, columns: padding === 'same' ? [0, 3] : [1, 4] }]);
    model.dispose();
  });

  it.each([
    ['bilinear', 12, 10],
    ['nearest', 12, 10],
    ['bilinear', 3, 15],
    ['nearest', 2, 5],
    ['bilinear', 2, 1],
  ])('says which pixels a Resizing reads: %s to %i × %i', async (interpolation, height, width) => {
    const shape = [6, 5, 1];
    const config = { height, width, interpolation };
    const model = await loadConverted(layerModels('Resizing', shape, config)[3]);
    const plan = planReceptiveField(model, [6, 5]);
    // A pixel that is 1 where the others are 0 adds to what sees it.
    const seen = Array.from({ length: 30 }, (_, pixel) =>
      predict(
        model,
        [1, ...shape],
        Array.from({ length: 30 }, (_, at) => Number(at === pixel)),
      ),
    );
    for (let at = 0; at < height * width; at++) {
      const pixels = seen.flatMap((values, pixel) => (values[at]! > 1e-6 ? [pixel] : []));
      const rows = [...new Set(pixels.map((pixel) => Math.floor(pixel / 5)))];
      const columns = [...new Set(pixels.map((pixel) => pixel % 5))].sort();
      const { patches } = traceReceptiveField(plan, 'l', Math.floor(at / width), at % width);
      expect(patches).toEqual([{ rows, columns }]);
    }
    model.dispose();
  });
});
