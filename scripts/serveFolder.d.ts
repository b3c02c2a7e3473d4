import type { Site } from './serveSite.js';

export function serveFolder(folder: string, headers?: Readonly<Record<string, string>>): Promise<Site>;
