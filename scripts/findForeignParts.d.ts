export function findForeignParts(binary: Uint8Array): string[];
