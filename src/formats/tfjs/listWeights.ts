import type { io } from '@tensorflow/tfjs-core';
import type { LazyWeight } from '../weights/LazyWeight';
import { countValues } from './parseModelJson';

type WeightSpec = io.WeightsManifestEntry;
type PlainSpec = WeightSpec & { readonly dtype: 'float32' | 'int32' };

/**
 * Lists the weights that lie in a block.
 *
 * @returns `undefined` if some are packed, no plain numbers, or an optimizer's: TensorFlow.js unpacks those.
 */
export function listWeights({ weightSpecs, weightData }: io.ModelArtifacts): LazyWeight[] | undefined {
  if (!weightSpecs || !weightData || Array.isArray(weightData) || !weightSpecs.every(isPlain))
    return undefined;
  let end = 0;
  return weightSpecs.map(({ name, shape, dtype }) => {
    const [at, count] = [end, countValues(shape)];
    end += 4 * count;
    return {
      name,
      shape,
      dtype,
      read(room) {
        const values = new (dtype === 'int32' ? Int32Array : Float32Array)(weightData, at, count);
        return room ? values : values.slice();
      },
    };
  });
}

function isPlain(spec: WeightSpec): spec is PlainSpec {
  return (
    (spec.dtype === 'float32' || spec.dtype === 'int32') && !spec.quantization && spec.group !== 'optimizer'
  );
}
