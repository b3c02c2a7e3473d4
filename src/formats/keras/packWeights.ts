import type { io } from '@tensorflow/tfjs-core';
import { quote } from '../../common/quote';
import type { Hdf5Dataset, Hdf5Type } from '../hdf5/Hdf5';
import type { FoundWeight } from './FoundWeight';

/** Keras marks what is of this type; HDF5 has it as bytes. */
const BFLOAT16: Hdf5Type = { name: 'bfloat16', size: 2, isBigEndian: false };

/**
 * Copies weights into one block, as numbers of single precision, or whole numbers of 32 bits.
 *
 * @throws Error naming the weight whose values are damaged, or no numbers, or those of another weight.
 */
export function packWeights(
  weights: readonly FoundWeight[],
): Required<Pick<io.ModelArtifacts, 'weightSpecs'>> & { weightData: ArrayBuffer } {
  requireDistinct(weights);
  const counts = weights.map(({ dataset }) => dataset.shape.reduce((product, size) => product * size, 1));
  const weightData = new ArrayBuffer(counts.reduce((sum, count) => sum + count, 0) * 4);
  let offset = 0;
  const weightSpecs = weights.map(({ name, path, dataset }, index) => {
    const isWhole = /^u?int/.test(dataset.type?.name ?? '');
    const target = new (isWhole ? Int32Array : Float32Array)(weightData, offset, counts[index]!);
    try {
      dataset.copyTo(target, typeOf(dataset));
    } catch (error) {
      throw new Error(`the weight ${quote(path)}: ${(error as Error).message}`, { cause: error });
    }
    offset += target.byteLength;
    return { name, shape: [...dataset.shape], dtype: isWhole ? ('int32' as const) : ('float32' as const) };
  });
  return { weightSpecs, weightData };
}

function typeOf({ type, attributes }: Hdf5Dataset): Hdf5Type | undefined {
  return type?.name === 'opaque' && attributes.get('dtype') === 'bfloat16' ? BFLOAT16 : type;
}

/** Checks that none is there twice: of a small file there could be any number. */
function requireDistinct(weights: readonly FoundWeight[]): void {
  const owners = new Map<Hdf5Dataset, string>();
  for (const { name, dataset } of weights) {
    const other = owners.get(dataset);
    if (other !== undefined) {
      throw new Error(
        `the weights ${quote(other)} and ${quote(name)} are one array of the file; save the model again`,
      );
    }
    owners.set(dataset, name);
  }
}
