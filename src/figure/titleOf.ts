import type { Activation } from '../common/types';

/** The title of a figure that has been given none: the layer, and what has been chosen of it. */
export function titleOf(
  { layerName, shortName = layerName, preActivation, lostNaN }: Activation,
  shown: number,
  count: number,
  notes: readonly (string | undefined)[] = [],
): string {
  const before = preActivation ? `, before ${preActivation}` : '';
  const some = shown === count ? undefined : `${shown} of ${count} maps`;
  const said = [some, ...notes, lostNaN && 'NaN lost'].filter(Boolean);
  return `Layer: ${shortName}${before}${said.length > 0 ? ` (${said.join(', ')})` : ''}`;
}
