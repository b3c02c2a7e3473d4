import type { layers } from '@tensorflow/tfjs-layers';
import type { UseGraph } from './listUses';

/** Whether some layer of a model takes its channels before rows and columns. */
export function hasChannelsFirst(steps: UseGraph['steps']): boolean {
  return steps.some(
    ({ layer, parts = [] }) =>
      isChannelsFirst(layer) || parts.some(({ graph }) => hasChannelsFirst(graph.steps)),
  );
}

function isChannelsFirst(layer: layers.Layer): boolean {
  // A layer that runs another over time has that one's order.
  const { dataFormat } = ('layer' in layer ? layer.layer : layer) as { dataFormat?: unknown };
  return dataFormat === 'channelsFirst';
}
