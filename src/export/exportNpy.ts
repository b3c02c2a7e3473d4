import { requireActivation } from '../common/requireActivation';
import type { Activation, Bytes } from '../common/types';
import { writeNpy } from './npyFormat';
import { toBytes } from './npyValues';

/**
 * Writes an activation as a `.npy` file, which `numpy.load` reads back exactly: float32, of the activation's shape.
 *
 * @throws TypeError if `activation` is none; RangeError if its data does not fill its shape.
 */
export function exportNpy(activation: Activation): Bytes {
  requireActivation(activation);
  return writeNpy({ descr: '<f4', shape: activation.shape, bytes: toBytes(activation.data) });
}
