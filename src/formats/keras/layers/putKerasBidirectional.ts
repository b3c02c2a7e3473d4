import type { layers } from '@tensorflow/tfjs-layers';
import { isKerasObject, type KerasConfig } from '../KerasConfig';
import { extendLayer } from './extendLayer';
import type { LayerArgs } from './KerasLayer';

type Args = LayerArgs & { layer: layers.Layer };

/**
 * Puts a layer that runs one of ours both ways in the place of a `Bidirectional`: TensorFlow.js makes two of the layer, and
 * looks for their class by what the layer says that it is.
 *
 * @param config Converted.
 * @returns Class and configuration; as they are where it runs a layer of TensorFlow.js.
 */
export function putKerasBidirectional(config: KerasConfig): { class_name: string; config: KerasConfig } {
  const { layer } = config;
  if (!isKerasObject(layer) || !layer.class_name.startsWith('Keras')) {
    return { class_name: 'Bidirectional', config };
  }
  const className = extendLayer<object, Args>(
    'Bidirectional',
    (base) =>
      class extends base {
        constructor(args: Args) {
          const { className } = args.layer.constructor as unknown as { className: string };
          super({ ...args, layer: Object.create(args.layer, { getClassName: { value: () => className } }) });
          Object.assign(this, { layer: args.layer });
        }
      },
  );
  return { class_name: className, config };
}
