import { requireString } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import type { Activation } from '../common/types';
import { readNpy } from './npyFormat';
import { toFloats } from './npyValues';

export interface ImportNpyOptions {
  /**
   * The name that the activation gets.
   * @defaultValue `'array'`
   */
  layerName?: string | undefined;
  /**
   * The class that it gets.
   * @defaultValue `''`
   */
  className?: string | undefined;
}

/**
 * Reads a `.npy` file as an activation. Integers and doubles become float32.
 *
 * @param file Its bytes.
 * @throws TypeError or RangeError saying what is wrong with it, such as a number that has no exact float32.
 */
export function importNpy(file: Uint8Array, options: ImportNpyOptions = {}): Activation {
  requireOptions(options, { layerName: true, className: true });
  const { layerName = 'array', className = '' } = options;
  requireString('layerName', layerName);
  requireString('className', className);
  const array = readNpy('file', file);
  return { layerName, className, shape: array.shape, data: toFloats('file', array) };
}
