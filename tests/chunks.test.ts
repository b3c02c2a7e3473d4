import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type OutputChunk, type Plugin, rollup } from 'rollup';
import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/** An app's program that awaits a figure at its top level; `before` stands above. */
const awaiting = (before = '') => `${before}
import { loadArticleCnn, visualizeLayers } from 'layerscope';
import { renderCanvas } from 'layerscope/canvas';
import { drawDigit } from 'layerscope/data';
const model = await loadArticleCnn();
await visualizeLayers(model, drawDigit(3), { renderer: renderCanvas });`;

const tensorflow = `import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
globalThis.tf = { core, layers };`;
const others = Object.keys(manifest.exports)
  .filter((path) => !/standalone|node|package.json|^\.$/.test(path))
  .map(
    (path, index) =>
      `import * as entry${index} from 'layerscope${path.slice(1)}'; console.log(entry${index});`,
  )
  .join('\n');

const APPS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'the guide’s': { main: awaiting() },
  'one that uses TensorFlow.js itself': { main: awaiting(tensorflow) },
  'one that uses the WASM backend itself': {
    main: awaiting(`import '@tensorflow/tfjs-backend-wasm';${tensorflow}`),
  },
  'one of all entries': { main: awaiting(others) },
  'one of two pages': { main: awaiting(), other: awaiting(others) },
};

/** TensorFlow.js is a few lines here: who imports whom is all that counts. */
const TENSORFLOW: Readonly<Record<string, string>> = {
  '@tensorflow/tfjs-core': 'globalThis.core = 1; export default {};',
  '@tensorflow/tfjs-layers': "import '@tensorflow/tfjs-core'; globalThis.layers = 1; export default {};",
  '@tensorflow/tfjs-backend-wasm': `import '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js';
import '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
globalThis.wasm = 1; export default {};`,
};

function resolveApp(app: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'app',
    resolveId(id, importer) {
      if (id in app) return { id, moduleSideEffects: true };
      if (id.startsWith('@tensorflow/')) return { id, syntheticNamedExports: true };
      const entry = /^layerscope(\/.*)?$/.exec(id);
      if (entry) return { id: `${DIST}${entry[1]?.slice(1) ?? 'index'}.js`, moduleSideEffects: false };
      if (id.startsWith('./') && importer?.startsWith(DIST)) {
        return { id: DIST + id.slice(2), moduleSideEffects: false };
      }
      return { id, external: true };
    },
    load(id) {
      return app[id] ?? TENSORFLOW[id] ?? (id.startsWith('@tensorflow/') ? 'export default {};' : undefined);
    },
  };
}

/** What a chunk imports statically, and what that imports. */
function reach(
  name: string,
  chunks: ReadonlyMap<string, OutputChunk>,
  seen = new Set<string>(),
): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const imported of chunks.get(name)?.imports ?? []) reach(imported, chunks, seen);
  return seen;
}

describe('the files of the package', () => {
  const files = readdirSync(DIST).filter((file) => file.endsWith('.js') && !/^(cli|standalone)/.test(file));
  const loaded = files.flatMap((file) =>
    [...readFileSync(DIST + file, 'utf8').matchAll(/\bimport\("\.\/([^"]+)"\)/g)].map(([, name]) => name!),
  );

  it('load some of them later', () => {
    expect(new Set(loaded)).toContain('startBackend.js');
    expect(new Set(loaded)).toContain('installCorrections.js');
  });

  it.each([...new Set(loaded)])('import nothing from one another in %s, which is loaded later', (file) => {
    expect(existsSync(DIST + file)).toBe(true);
    expect(readFileSync(DIST + file, 'utf8')).not.toMatch(/^(import|export)\b[^;]*["']\.\/[^;]*;?$/m);
  });

  // Vite has whatever does import its own help for that, which may be in the chunk of the app.
  it.each([...new Set(loaded)])('load nothing later by themselves in %s', (file) => {
    expect(readFileSync(DIST + file, 'utf8')).not.toMatch(/\bimport\s*\(\s*["'`]/);
  });

  // Rollup before 4.65 puts TensorFlow.js into the chunk of the app, as soon as the app imports it.
  it.each([...new Set(loaded)])('take nothing of TensorFlow.js by themselves in %s', (file) => {
    expect(readFileSync(DIST + file, 'utf8')).not.toMatch(
      /\b(from|import|require)\s*\(?\s*["'`]@tensorflow\//,
    );
  });

  // For graph models an app has the converter, or need not have it: it is asked for when one is opened.
  it('load nothing of TensorFlow.js later but its converter', () => {
    const later = files.flatMap((file) =>
      [...readFileSync(DIST + file, 'utf8').matchAll(/\bimport\(\s*["'`](@tensorflow[^"'`]*)/g)].map(
        ([, name]) => name!,
      ),
    );
    expect(new Set(later)).toEqual(new Set(['@tensorflow/tfjs-converter']));
  });
});

describe('an app that awaits a figure at its top level', () => {
  it.each(Object.keys(APPS))('has no chunk that waits for it: %s', async (name) => {
    const app = APPS[name]!;
    const bundle = await rollup({
      input: Object.keys(app),
      plugins: [resolveApp(app)],
      onLog: () => undefined,
    });
    const { output } = await bundle.generate({ format: 'es' });
    await bundle.close();
    const chunks = new Map(
      output.flatMap((each) => (each.type === 'chunk' ? [[each.fileName, each] as const] : [])),
    );
    const entries = [...chunks.values()].filter(({ isEntry }) => isEntry).map(({ fileName }) => fileName);
    const later = [...chunks.values()].flatMap(({ dynamicImports }) => dynamicImports);
    expect(later.some((file) => file.startsWith('startBackend'))).toBe(true);
    for (const file of later) {
      for (const entry of entries) expect([...reach(file, chunks)]).not.toContain(entry);
    }
  });
});

describe('an app that draws what it has', () => {
  const DRAWING = {
    film: 'renderApng, renderAnimatedSvg',
    export: 'importNpz',
    html: 'renderHtml',
    overlay: 'renderOverlay',
    png: 'renderPng',
  };

  it.each(Object.entries(DRAWING))('ships no TensorFlow.js with %s', async (entry, names) => {
    const app = { main: `import { ${names} } from 'layerscope/${entry}'; console.log(${names});` };
    const bundle = await rollup({ input: 'main', plugins: [resolveApp(app)], onLog: () => undefined });
    const { output } = await bundle.generate({ format: 'es' });
    await bundle.close();
    const modules = output.flatMap((each) => (each.type === 'chunk' ? Object.keys(each.modules) : []));
    expect(modules).toContain(`${DIST}${entry}.js`);
    expect(modules.filter((id) => id.startsWith('@tensorflow/'))).toEqual([]);
  });
});
