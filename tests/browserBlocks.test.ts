import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type BuildFailure, build, type Message } from 'esbuild';
import ts from 'typescript';
import { beforeAll, describe, expect, test } from 'vitest';
import { type CodeBlock, pages, readCodeBlocks, root } from './codeBlocks';

/** What Vite 4 to 6 build for, unless told otherwise. */
const TARGET = ['es2020', 'edge88', 'firefox78', 'chrome87', 'safari14'];

const blocks = pages.flatMap((page) => [...readCodeBlocks(page, 'js browser'), ...readScripts(page)]);

describe('code blocks for browsers', () => {
  const missing = findMissingNames(blocks);
  let faults: Faults = {};

  beforeAll(async () => {
    execFileSync(process.execPath, ['scripts/ensureBuilt.js'], { cwd: root });
    faults = await buildModules(blocks);
  }, 60_000);

  test('are there', () => expect(blocks.length).toBeGreaterThan(10));

  test('are built for the browsers of Vite 4 to 6', () => expect(faults).toEqual({}));

  test.each(blocks)('$page:$line has all the names that it uses', ({ name }) => {
    expect(missing[name]).toEqual([]);
  });
});

describe('a code block for browsers', () => {
  test('must not await at the top level', async () => {
    const faults = await buildModules([{ name: 'block', code: "await fetch('a');" }]);
    expect(faults).toEqual({ block: [expect.stringMatching(/^Top-level await is not available/)] });
  });

  test('must not import what there is not', async () => {
    const code = "import { drawThree } from 'layerscope/data'; drawThree();";
    const faults = await buildModules([{ name: 'block', code }]);
    expect(faults).toEqual({ block: [expect.stringMatching(/^No matching export .* "drawThree"$/)] });
  });

  test('must not use a name that it does not declare', () => {
    const code = "import { a } from 'b'; document.body.append(a, model);";
    expect(findMissingNames([{ name: 'block', code }])).toEqual({ block: ["Cannot find name 'model'."] });
  });
});

interface Module {
  readonly name: string;
  readonly code: string;
}

/** The errors in each module that has any, by its name. */
type Faults = Readonly<Record<string, readonly string[]>>;

/** The scripts that pages without a bundler have in them. */
function readScripts(page: string): CodeBlock[] {
  return readCodeBlocks(page, 'html').flatMap((block) =>
    [...block.code.matchAll(/<script type="module">(.*?)<\/script>/gs)].map(([, code = ''], index) => ({
      ...block,
      name: `${block.name}-${index}`,
      code,
    })),
  );
}

/** Builds all modules, beside the files of the built package; an error elsewhere has the name of its file. */
async function buildModules(modules: readonly Module[]): Promise<Faults> {
  const codes = new Map(modules.map(({ name, code }) => [name, code]));
  const { errors } = await build({
    entryPoints: [...codes.keys()],
    outdir: 'out',
    bundle: true,
    splitting: true,
    format: 'esm',
    target: TARGET,
    // Safari 14.0 has a fault with some, of which the esbuild in Vite 4 to 6 says nothing.
    supported: { destructuring: true },
    write: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'modules',
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /./ }, ({ path, kind }) =>
            kind === 'entry-point' ? { path, namespace: 'module' } : undefined,
          );
          onLoad({ filter: /./, namespace: 'module' }, ({ path }) => ({
            contents: codes.get(path)!,
            resolveDir: join(root, 'dist'),
          }));
        },
      },
    ],
  }).catch((failure: BuildFailure) => failure);
  const names = [...new Set(errors.map(nameOf))];
  return Object.fromEntries(
    names.map((name) => [name, errors.filter((error) => nameOf(error) === name).map(({ text }) => text)]),
  );
}

function nameOf({ location }: Message): string {
  return location?.file.replace(/^module:/, '') ?? '';
}

/** The errors, for each module, about names that are neither its own, nor imported, nor a browser's. */
function findMissingNames(modules: readonly Module[]): Faults {
  const files = new Map(modules.map(({ name, code }) => [`/${name}.js`, code]));
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noResolve: true,
    noEmit: true,
    target: ts.ScriptTarget.ES2022,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path) ?? readFile(path);
  host.getSourceFile = (path, ...rest) => {
    const code = files.get(path);
    return code === undefined ? getSourceFile(path, ...rest) : ts.createSourceFile(path, code, rest[0]);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return Object.fromEntries(
    modules.map(({ name }) => [
      name,
      program
        .getSemanticDiagnostics(program.getSourceFile(`/${name}.js`))
        .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
        .filter((message) => /^(Cannot find name|No value exists in scope)/.test(message)),
    ]),
  );
}
