/** What is to be said of some values. All but the last four are of those that are finite; NaN where there is none. */
export interface ValueStatistics {
  readonly minimum: number;
  readonly maximum: number;
  readonly mean: number;
  /** Of the population: the root of the mean square of the distance to the mean. */
  readonly standardDeviation: number;
  /** How many values there are. */
  readonly count: number;
  /** Shares of `count`, each 0 to 1. */
  readonly zeros: number;
  readonly nans: number;
  readonly infinities: number;
}

/** Counts of values in bins of equal width, the first from `from` on; each has its lower end. */
export interface Histogram {
  readonly from: number;
  /** A power of two, so that bins can be joined exactly as the range grows. */
  readonly binWidth: number;
  readonly counts: readonly number[];
}

/** What is to be said of one layer, over one image or many. */
export interface LayerStatistics extends ValueStatistics {
  readonly layerName: string;
  readonly className: string;
  readonly images: number;
  /** A map for each channel; for a dense layer, each unit. */
  readonly maps: readonly (ValueStatistics & { readonly channel: number })[];
  /** The channels whose values are all 0: `markDead` of a figure takes them. */
  readonly dead: readonly number[];
  readonly histogram: Histogram;
  /** True where, for some image, NaN went into the layer and none came out; absent for others. */
  readonly lostNaN?: true;
}
