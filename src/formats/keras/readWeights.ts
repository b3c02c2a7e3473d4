import { quote } from '../../common/quote';
import type { Hdf5Dataset, Hdf5Type } from '../hdf5/Hdf5';
import type { LazyWeight } from '../weights/LazyWeight';
import type { FoundWeight } from './FoundWeight';

/** Keras marks what is of this type; HDF5 has it as bytes. */
const BFLOAT16: Hdf5Type = { name: 'bfloat16', size: 2, isBigEndian: false };

/**
 * Reads weights when it is their turn, as numbers of single precision, or whole numbers of 32 bits.
 *
 * @throws Error naming the weight whose values are those of another weight; reading one, of values that are damaged, or no numbers.
 */
export function readWeights(weights: readonly FoundWeight[]): LazyWeight[] {
  requireDistinct(weights);
  return weights.map(({ name, path, dataset }) => {
    const isWhole = /^u?int/.test(dataset.type?.name ?? '');
    const shape = [...dataset.shape];
    const count = shape.reduce((product, size) => product * size, 1);
    return {
      name,
      shape,
      dtype: isWhole ? 'int32' : 'float32',
      read(room) {
        try {
          const found = room && dataset.view();
          if (found) return found;
          const block = room && room.byteLength >= 4 * count ? room : new ArrayBuffer(4 * count);
          const values = new (isWhole ? Int32Array : Float32Array)(block, 0, count);
          dataset.copyTo(values, typeOf(dataset));
          return values;
        } catch (error) {
          throw new Error(`the weight ${quote(path)}: ${(error as Error).message}`, { cause: error });
        }
      },
    };
  });
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
