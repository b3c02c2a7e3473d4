/** Where a slice begins and ends along an axis; backwards the end may be -1, before the first. */
export interface Cut {
  readonly begin: number;
  readonly end: number;
  readonly step: number;
}

/**
 * Finds where a slice begins and ends within what there is.
 *
 * @param begin Counted from the end where it is negative; so is `end`.
 * @throws RangeError if the step is 0.
 */
export function cut(begin: number, end: number, step: number, length: number): Cut {
  if (step === 0 || Number.isNaN(begin + end + step))
    throw new RangeError(`expected a step other than 0, got ${step}`);
  const [least, most] = step > 0 ? [0, length] : [-1, length - 1];
  const clip = (at: number) => Math.max(least, Math.min(most, at < 0 ? at + length : at));
  const first = clip(begin);
  // Where there is nothing in between, the end is the beginning: tfjs would count backwards.
  return { begin: first, end: step > 0 ? Math.max(first, clip(end)) : Math.min(first, clip(end)), step };
}

/** The places that a slice takes. */
export function placesOf({ begin, end, step }: Cut): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((end - begin) / step)) }, (_, at) => begin + at * step);
}
