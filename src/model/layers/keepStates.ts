import { dispose, keep, type Tensor } from '@tensorflow/tfjs-core';
import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** A recurrent layer that begins where it ended the time before. */
interface StatefulLayer {
  getStates(): Tensor[];
  setStates(states: Tensor[]): void;
}

/**
 * Has something computed with layers that remember, such that looking leaves no trace: their states are afterwards what they
 * were before, even if it fails.
 *
 * @param list Layers; those inside them, such as the two of a bidirectional one, are found. Those that do not remember are
 * left alone.
 */
export function keepStates(list: readonly Layer[]): <Result>(compute: () => Result) => Result {
  const stateful = [...new Set(list.flatMap(findStateful))];
  if (stateful.length === 0) return (compute) => compute();
  return (compute) => {
    // A layer disposes the states that it had once it has new ones: clones keep the values.
    const before = stateful.map((layer) => layer.getStates().map((state) => keep(state.clone())));
    try {
      return compute();
    } finally {
      stateful.forEach((layer, index) => {
        dispose(layer.getStates());
        layer.setStates(before[index]!);
      });
    }
  };
}

function findStateful(layer: Layer): StatefulLayer[] {
  // The layer that a bidirectional one was made from takes no part: the two are copies of it.
  const names = 'forwardLayer' in layer ? ['forwardLayer', 'backwardLayer'] : ['layer', 'layers'];
  const inside = names.flatMap((name) => (Reflect.get(layer, name) ?? []) as Layer | Layer[]);
  const isStateful = layer.stateful && 'getStates' in layer && 'setStates' in layer;
  return [...(isStateful ? [layer as Layer & StatefulLayer] : []), ...inside.flatMap(findStateful)];
}
