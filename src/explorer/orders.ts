import type { SortKey } from '../statistics/sortChannels';

/** The orders of maps, and the words for them. */
export const ORDERS: Readonly<Record<SortKey, string>> = {
  index: 'by number',
  maximum: 'by maximum',
  mean: 'by mean',
  zeros: 'by share of zeros',
};
