import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fail } from './step.js';

/** Bytes, of which there are a million in a MB. */
const MOST_PACKED = 2.5e6;
const MOST_UNPACKED = 6e6;

const EXPECTED = [
  /^dist\/[\w.-]+\.(js|cjs|d\.ts|d\.cts)$/,
  /^docs\/([\w-]+\/)?[\w-]+\.(md|png|svg)$/,
  /^(package\.json|README\.md|CHANGELOG\.md|CONTRIBUTING\.md|LICENSE|THIRD_PARTY_LICENSES)$/,
  /^(benchmarks\/(RESULTS|README)\.md|examples\/standalone\.html)$/,
];
const NEEDED = [
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'THIRD_PARTY_LICENSES',
  'docs/guide.md',
  'dist/index.js',
  'dist/index.cjs',
  'dist/index.d.ts',
  'dist/standalone.js',
  'dist/standalone.d.ts',
  'dist/cli.js',
];

/**
 * Checks what is published: the build and what the readme leads to, small, with links that lead somewhere, and without a
 * trace of the machine that built it.
 *
 * @param folder Where it is unpacked, into `package`.
 * @param root The folder that it was built in, of which nothing may be said.
 */
export function checkContents(tarball, folder, root) {
  spawnSync('tar', ['-xzf', tarball, '-C', folder]);
  const unpacked = join(folder, 'package');
  const files = listFiles(unpacked);
  const names = files.map((file) => relative(unpacked, file));
  const total = files.reduce((sum, file) => sum + statSync(file).size, 0);
  const packed = statSync(tarball).size;
  const faults = [
    ...names
      .filter((name) => !EXPECTED.some((form) => form.test(name)))
      .map((name) => `not expected: ${name}`),
    ...NEEDED.filter((name) => !names.includes(name)).map((name) => `missing: ${name}`),
    ...files.flatMap((file) => findMachine(file, root)),
    ...files.filter((file) => file.endsWith('.md')).flatMap(findDeadLinks),
  ];
  if (packed > MOST_PACKED) faults.push(`expected at most ${MOST_PACKED} bytes packed, got ${packed}`);
  if (total > MOST_UNPACKED) faults.push(`expected at most ${MOST_UNPACKED} bytes unpacked, got ${total}`);
  if (faults.length > 0) fail(`contents failed:\n${faults.join('\n').replaceAll(unpacked, '')}`);
  const megabytes = (bytes) => `${(bytes / 1e6).toFixed(2)} MB`;
  console.log(`contents: ${files.length} files, ${megabytes(packed)}, unpacked ${megabytes(total)}`);
}

function listFiles(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Folders of the machine that a file names. */
function findMachine(file, root) {
  const text = readFileSync(file, 'latin1');
  const folders = [root, `${homedir()}/`, `${tmpdir()}/layerscope`];
  return folders.filter((folder) => text.includes(folder)).map((folder) => `${file} names ${folder}`);
}

/** Links and pictures of a page, in Markdown and in HTML, that lead to no file of the package. */
function findDeadLinks(page) {
  const text = readFileSync(page, 'utf8').replace(/^```.*?^```/gms, '');
  return [...text.matchAll(/\]\(([^)\s]+)\)|(?:src|href)="([^"]+)"/g)]
    .map(([, inMarkdown, inHtml]) => inMarkdown ?? inHtml)
    .filter((link) => !/^(https?:|#)/.test(link))
    .filter((link) => !existsSync(resolve(dirname(page), link.split('#')[0])))
    .map((link) => `${page} leads to ${link}, which is not in the package`);
}
