export function findTypeFaults(run: { status: number | null; output: string }): string[];
