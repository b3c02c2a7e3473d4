/** Groups ascending whole numbers that follow each other: `[3, 4, 5, 9]` becomes `[[3, 3], [9, 1]]`. */
export function findRuns(numbers: readonly number[]): [first: number, length: number][] {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last[0] + last[1]) last[1]++;
    else runs.push([number, 1]);
  }
  return runs;
}
