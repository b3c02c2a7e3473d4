/** A number as JSON can hold it; NaN, the infinities and -0 are texts, which `Number` reads. */
export function toJson(value: number): number | string {
  if (Number.isFinite(value) && !Object.is(value, -0)) return value;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** A float32 in the fewest digits from which it can be read back. */
export function floatToJson(value: number): number | string {
  for (let digits = 6; digits < 9 && Number.isFinite(value) && value !== 0; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return toJson(value === 0 ? value : Number(value.toPrecision(9)));
}

/** For `JSON.stringify`: whatever numbers there are. */
export function replaceNumbers(_: string, value: unknown): unknown {
  return typeof value === 'number' ? toJson(value) : value;
}
