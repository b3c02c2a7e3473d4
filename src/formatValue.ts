/** Writes a value with four significant digits, trailing zeros left away. */
export function formatValue(value: number): string {
  return String(Number(value.toPrecision(4)));
}
