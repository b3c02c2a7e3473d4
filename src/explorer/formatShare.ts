/** Writes a share of 0..1 in per cent, 100 % only where it is all. */
export function formatShare(share: number): string {
  const percent = share * 100;
  return `${percent < 10 && percent > 0 ? percent.toFixed(1) : Math.floor(percent)} %`;
}
