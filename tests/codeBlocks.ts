import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', ...listPages('docs')];

/** A block of code of a page. */
export interface CodeBlock {
  readonly page: string;
  readonly line: number;
  /** The name of the module that it becomes, without an extension. */
  readonly name: string;
  readonly code: string;
}

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

/** The blocks of a page that are fenced as `language` and nothing more: `js browser` is another one than `js`. */
export function readCodeBlocks(page: string, language: string): CodeBlock[] {
  const text = readPage(page);
  return [...text.matchAll(/^```([^\n]+)\n(.*?)^```$/gms)]
    .filter(([, fence]) => fence === language)
    .map(({ index, 2: code = '' }) => {
      const line = text.slice(0, index).split('\n').length;
      return { page, line, name: `${page.replace('.md', '').replaceAll('/', '-')}-${line}`, code };
    });
}

function listPages(path: string): string[] {
  return readdirSync(join(root, path), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(path, name))
    .sort();
}
