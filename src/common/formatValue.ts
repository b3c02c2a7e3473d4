/** Writes a value with so many significant digits, trailing zeros left away. */
export function formatValue(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}
