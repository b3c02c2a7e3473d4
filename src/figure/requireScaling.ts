import { describeValue, requireBoolean } from '../common/errors';
import { requireOptions } from '../common/requireOptions';
import {
  isPlainScaling,
  RANGE_OPTIONS,
  type Range,
  type RangeOptions,
  requireRange,
  type Scaling,
} from './scaling';

const GROUPS: readonly unknown[] = ['map', 'layer', 'batch', 'all'];
const GROUP_NAMES = "'map', 'layer', 'batch', 'all'";

/** @throws TypeError or RangeError unless `scaling` is one of the kinds of {@link Scaling} and fits together. */
export function requireScaling(scaling: Scaling): void {
  if (GROUPS.includes(scaling)) return;
  if (isPlainScaling(scaling)) {
    requireRange('scaling', scaling);
    return;
  }
  if (typeof scaling !== 'object' || scaling === null) {
    throw new TypeError(
      `scaling: expected ${GROUP_NAMES}, a range [lowest, highest] or an object, got ${describeValue(scaling)}`,
    );
  }
  requireOptions(scaling, { ...RANGE_OPTIONS, per: true, range: true }, 'scaling');
  const { per, range } = scaling;
  if (per !== undefined && !GROUPS.includes(per)) {
    throw new TypeError(`scaling.per: expected one of ${GROUP_NAMES}, got ${describeValue(per)}`);
  }
  requireRangeOptions('scaling.', scaling);
  if (range === undefined) return;
  requireRange('scaling.range', range);
  for (const other of ['per', 'percentiles', 'center'] as const) {
    if (scaling[other] === undefined) continue;
    throw new TypeError(
      `scaling.${other}: expected none beside a fixed range, got ${describeValue(scaling[other])}`,
    );
  }
  if (scaling.log && !(range[0] > 0)) {
    throw new RangeError(
      `scaling.range: expected numbers above 0 for a logarithmic scale, got ${describeValue(range)}`,
    );
  }
}

/** @param prefix Stands before the names of the options in the errors. */
export function requireRangeOptions(
  prefix: string,
  { percentiles, center, log = false }: RangeOptions,
): void {
  requireBoolean(`${prefix}log`, log);
  if (percentiles !== undefined) requirePercentiles(`${prefix}percentiles`, percentiles);
  if (center === undefined) return;
  if (!Number.isFinite(center)) {
    throw new TypeError(`${prefix}center: expected a finite number, got ${describeValue(center)}`);
  }
  if (log) {
    throw new TypeError(`${prefix}center: expected none beside a logarithmic scale, got ${center}`);
  }
}

function requirePercentiles(name: string, percentiles: Range): void {
  const isPair =
    Array.isArray(percentiles) && percentiles.length === 2 && [...percentiles].every(Number.isFinite);
  if (!isPair) throw new TypeError(`${name}: expected [low, high], got ${describeValue(percentiles)}`);
  const [low, high] = percentiles;
  if (low >= 0 && low < high && high <= 100) return;
  throw new RangeError(
    `${name}: expected two numbers from 0 to 100, the first the smaller, got ${describeValue(percentiles)}`,
  );
}
