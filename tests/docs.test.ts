import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { pages, readCodeBlocks, readPage, root } from './codeBlocks';
import { articleGraph } from './model/graph/articleGraph';
import { writeGraphFiles } from './model/graph/graphDef';

const blocks = pages
  .flatMap((page) => readCodeBlocks(page, 'js'))
  .map((block) => ({ ...block, file: `${block.name}.mjs` }));
let outcomes: Record<string, { printed: string[]; error?: string }> = {};

beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/ensureBuilt.js'], { cwd: root });
  // Inside the package, so that the blocks can import it by its name, and git-ignored.
  mkdirSync(join(root, 'out'), { recursive: true });
  const folder = mkdtempSync(join(root, 'out/docs-'));
  try {
    copyFileSync(join(root, 'docs/images/digit.png'), join(folder, 'picture.png'));
    await writeGraphFiles(join(folder, 'my-graph'), articleGraph(true));
    for (const { file, code } of blocks) writeFileSync(join(folder, file), code);
    writeFileSync(join(folder, 'run.mjs'), RUN_ALL);
    execFileSync(process.execPath, ['run.mjs', ...blocks.map(({ file }) => file)], {
      cwd: folder,
      stdio: 'pipe',
    });
    outcomes = JSON.parse(readFileSync(join(folder, 'outcomes.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 60_000);

/**
 * Imports one block after the other in one process, since TensorFlow.js takes long to load, and takes its backends away
 * after each: every block has to start its own, as it must when it is copied alone. Before that it writes the folder
 * `my-model` that a page reads, in the form that TensorFlow.js saves models in.
 */
const RUN_ALL = `
  import { mkdirSync, writeFileSync } from 'node:fs';
  import { format } from 'node:util';
  import { engine, io } from '@tensorflow/tfjs-core';
  import { loadArticleCnn } from 'layerscope';

  const model = await loadArticleCnn();
  await model.save(io.withSaveHandler(async ({ modelTopology, weightSpecs: weights, weightData }) => {
    mkdirSync('my-model');
    const weightsManifest = [{ paths: ['weights.bin'], weights }];
    writeFileSync('my-model/model.json', JSON.stringify({ modelTopology, weightsManifest }));
    writeFileSync('my-model/weights.bin', new Uint8Array(io.CompositeArrayBuffer.join(weightData)));
    return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
  }));
  engine().reset();

  const outcomes = {};
  const log = console.log;
  for (const file of process.argv.slice(2)) {
    const outcome = (outcomes[file] = { printed: [] });
    const fail = (error) => (outcome.error ??= String(error?.stack ?? error));
    console.log = (...values) => outcome.printed.push(format(...values));
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', fail);
    process.removeAllListeners('uncaughtException').on('uncaughtException', fail);
    await import('./' + file).catch(fail);
    console.log = log;
    engine().reset();
  }
  writeFileSync('outcomes.json', JSON.stringify(outcomes));
`;

describe('code blocks', () => {
  test.each(blocks)('$page:$line runs and prints what it says', ({ file, code }) => {
    const { printed, error } = outcomes[file]!;
    expect(error).toBeUndefined();
    const promised = [...code.matchAll(/\/\/ → (.*)/g)].map(([, text]) => text);
    if (promised.length > 0) expect(printed).toEqual(promised);
  });

  test('are there', () => expect(blocks.length).toBeGreaterThan(10));
});

describe('links', () => {
  test.each(pages)('of %s lead somewhere', (page) => {
    const text = readPage(page).replace(/^```.*?^```$/gms, '');
    const links = [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)].map(
      (match) => match[1] ?? match[2]!,
    );
    const dead = links.filter((link) => !/^https?:/.test(link)).filter((link) => !leadsSomewhere(page, link));
    expect(dead).toEqual([]);
  });
});

describe('docs/api.md', () => {
  const { exports } = JSON.parse(readPage('package.json')) as { exports: Record<string, unknown> };
  const entries = Object.keys(exports)
    .filter((entry) => !entry.endsWith('.json'))
    .map((entry) => join('layerscope', entry))
    // It has nothing of its own: tests/exports.test.ts compares it with the others.
    .filter((entry) => entry !== 'layerscope/standalone');

  test('has a heading for each value of each entry, and for nothing else', () => {
    const names = readExports(entries);
    const headings = entries.map((entry) =>
      [...sectionOf(entry).matchAll(/^### (\w+)$/gm)].map(([, name]) => name),
    );
    expect(headings).toEqual(names);
  });

  test.each([
    ['layerscope', 'src/index.ts'],
    ['layerscope/training', 'src/training/index.ts'],
    ['layerscope/data', 'src/data/index.ts'],
    ['layerscope/explorer', 'src/explorer/index.ts'],
    ['layerscope/film', 'src/render/film/index.ts'],
    ['layerscope/open', 'src/formats/index.ts'],
  ])('has a heading for each type of %s', (entry, source) => {
    const types = listTypes(readPage(source));
    const headings = [...sectionOf(entry).matchAll(/^#### (\w+)$/gm)].map(([, name]) => name);
    expect(headings.sort()).toEqual(types.sort());
  });
});

/** The names that each entry of the built package exports, in alphabetical order. */
function readExports(entries: readonly string[]): string[][] {
  const script = `Promise.all(${JSON.stringify(entries)}.map((entry) => import(entry)))
    .then((modules) => console.log(JSON.stringify(modules.map((module) => Object.keys(module)))))`;
  return JSON.parse(execFileSync(process.execPath, ['-e', script], { cwd: root, encoding: 'utf8' }));
}

/** The types that a page of contents exports: `{ type A, b }` and `type { A, B }`. */
function listTypes(source: string): string[] {
  return [...source.matchAll(/export (type )?\{([^}]*)\}/g)].flatMap(([, onlyTypes, names]) =>
    names!
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && (onlyTypes !== undefined || name.startsWith('type ')))
      .map((name) => name.replace('type ', '')),
  );
}

/** The part of docs/api.md that is about one entry. */
function sectionOf(entry: string): string {
  const sections = readPage('docs/api.md').split(/^## /m);
  return sections.find((section) => section.startsWith(`${entry}\n`)) ?? '';
}

function leadsSomewhere(page: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? page : relative(root, resolve(root, dirname(page), path));
  if (!existsSync(join(root, target))) return false;
  return anchor === undefined || anchorsOf(readPage(target)).includes(anchor);
}

/** The anchors of a page's headings, as code hosts derive them. */
function anchorsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
