import type { Hdf5Group } from '../hdf5/Hdf5';
import { LAYER_FOLDERS } from './findFolderWeights';
import { readText } from './readList';

/** What a HDF5 file holds. */
export type KerasHdf5Content = 'whole model' | 'weights only' | 'something else';

/** Says what a HDF5 file holds, by its content. */
export function recognizeKerasHdf5(root: Hdf5Group): KerasHdf5Content {
  if (readText(root, 'model_config') !== undefined) return 'whole model';
  const { attributes, children } = root;
  const isNamed = attributes.has('layer_names') || attributes.has('layer_names0');
  return isNamed || LAYER_FOLDERS.some((name) => children.get(name)?.kind === 'group')
    ? 'weights only'
    : 'something else';
}
