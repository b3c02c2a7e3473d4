import type { layers } from '@tensorflow/tfjs-layers';

type Layer = layers.Layer;

/** A layer that another one runs. */
export interface WrappedLayer {
  readonly inner: Layer;
  /** Where the other one keeps it. */
  readonly property: 'layer' | 'forwardLayer' | 'backwardLayer';
  /** Whether it is run for each time step by itself. */
  readonly isTimed: boolean;
}

const PROPERTIES: Readonly<Record<string, readonly WrappedLayer['property'][]>> = {
  TimeDistributed: ['layer'],
  Bidirectional: ['forwardLayer', 'backwardLayer'],
};

/** Lists the layers that a layer runs; none for any but `TimeDistributed` and `Bidirectional`. */
export function wrappedLayers(layer: Layer): WrappedLayer[] {
  const properties = PROPERTIES[layer.getClassName()] ?? [];
  return properties.map((property) => ({
    inner: (layer as Layer & Record<WrappedLayer['property'], Layer>)[property],
    property,
    isTimed: property === 'layer',
  }));
}
