import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { defineConfig, type Options } from 'tsup';
import { tensorflow } from './src/backend/tensorflow';

/** Puts fast-png into the files themselves, where nothing else is at hand or what is cannot be loaded. */
const packFastPng = replaceModule(/\/loadFastPng$/, 'src/image/files/loadPackedFastPng.ts');

/** A subpath export each: an app that draws SVG ships no PNG file writer. */
const entry = {
  index: 'src/index.ts',
  rgba: 'src/render/rgba/renderRgba.ts',
  svg: 'src/render/svg/renderSvg.ts',
  canvas: 'src/render/canvas/renderCanvas.ts',
  png: 'src/render/png/index.ts',
  terminal: 'src/render/terminal/renderTerminal.ts',
  html: 'src/render/html/renderHtml.ts',
  overlay: 'src/render/overlay/renderOverlay.ts',
  export: 'src/export/index.ts',
  film: 'src/render/film/index.ts',
  colormaps: 'src/figure/color/schemeColormap.ts',
  training: 'src/training/index.ts',
  data: 'src/data/index.ts',
  explorer: 'src/explorer/index.ts',
  open: 'src/formats/index.ts',
  node: 'src/node/index.ts',
};

/**
 * What the entries load by `import()`. Each is a file of its own that imports and loads no other of this package: whatever it has in common
 * with an entry, a bundler may put into the app's own chunk, and an app that awaits a figure at its top level would then wait for
 * a file that waits for the app. What it would load by `import()` is in it.
 */
const lazy = {
  'articleWeights.generated': 'src/model/article/articleWeights.generated.ts',
  createCloserLook: 'src/explorer/createCloserLook.ts',
  fitImages: 'src/image/fitImages.ts',
  flattenNumbers: 'src/image/flattenNumbers.ts',
  folderStore: 'src/data/store/folderStore.ts',
  nonFinite: 'src/image/nonFinite.ts',
  preprocessImages: 'src/image/preprocessImages.ts',
  decodeInNode: 'src/image/files/decodeInNode.ts',
  decodeInPage: 'src/image/files/decodeInPage.ts',
  openZip: 'src/common/zip/openZip.ts',
  readHdf5: 'src/formats/hdf5/readHdf5.ts',
  readOnnxFile: 'src/formats/onnx/readOnnxFile.ts',
  pictureValues: 'src/image/pictureValues.ts',
  readPicture: 'src/image/readPicture.ts',
  'threadScript.generated': 'src/backend/embedded/threadScript.generated.ts',
  'wasmPlain.generated': 'src/backend/embedded/wasmPlain.generated.ts',
  'wasmSimd.generated': 'src/backend/embedded/wasmSimd.generated.ts',
  'wasmThreaded.generated': 'src/backend/embedded/wasmThreaded.generated.ts',
};

/**
 * What else they load by `import()`, and what needs TensorFlow.js. It imports nothing at all: the entries hand in the
 * members of tfjs-core, and of tfjs's backend it has a copy.
 */
const handed = {
  installCorrections: 'src/backend/corrections/installCorrections.ts',
  startBackend: 'src/backend/startBackend.ts',
};

const common: Options = {
  entry,
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  treeshake: false,
  // The package has to stay small.
  sourcemap: false,
  minify: true,
  plugins: [keepIgnored()],
  esbuildOptions: keepLinesShort,
  clean: false,
  external: [/^node:/],
  removeNodeProtocol: false,
  dts: process.env.LAYERSCOPE_DTS === 'false' ? false : { compilerOptions: { ignoreDeprecations: '6.0' } },
};

/** For pages without a bundler: one file, in which there is also what an app would have of its own. */
const standalone: Options = {
  ...common,
  entry: { standalone: 'src/standalone/index.ts' },
  format: 'esm',
  // tfjs says by `browser` in its package.json which of Node's modules it can do without.
  platform: 'browser',
  splitting: false,
  noExternal: [/^[^.]/],
  esbuildPlugins: [replaceModule(/\/loadEmbedded$/, 'src/backend/loadEmbeddedSimd.ts')],
};

/**
 * The command line: TensorFlow.js is inside, less than what it has as published, so that it starts in a fraction of the
 * time. Its ES modules are bundled, which leave out what nothing uses; all layers and all kernels of the backend stay.
 */
const cli: Options = {
  ...common,
  entry: { cli: 'src/cli/main.ts' },
  format: 'esm',
  platform: 'node',
  dts: false,
  noExternal: [/^(?!@napi-rs|d3-|node:)[^.]/],
  // TensorFlow.js takes Node's modules by `require`.
  banner: {
    js: "import{createRequire as $require}from'node:module';const require=$require(import.meta.url),__filename='',__dirname='';",
  },
  esbuildOptions(options) {
    options.mainFields = ['module', 'main'];
    options.chunkNames = 'cli-[name]-[hash]';
    options.assetNames = 'cli-[name]-[hash]';
  },
  esbuildPlugins: [
    // Threads, which Node has none of here; a fetch of its own, which it has had since version 18; and what starts the
    // backend, since the command does that by itself.
    replaceModule(
      /wasm-threaded-simd(\.worker)?(\.js)?$|^node-fetch$|\/useWasmBackend$/,
      'src/cli/instead/leftOut.ts',
    ),
    replaceModule(/^fflate$/, 'src/cli/instead/fflate.ts'),
    replaceModule(/^\.\/inflate$/, 'src/cli/instead/inflate.ts'),
    packFastPng,
    shareLazy(),
  ],
};

const cjs: Options = {
  ...common,
  format: 'cjs',
  // require() cannot load d3-scale-chromatic and fast-png, which have ES modules only.
  noExternal: [/^d3-/, 'fast-png', 'iobuffer'],
  esbuildPlugins: [
    packFastPng,
    // The binaries, which are large, it has in common with the ES modules.
    {
      name: 'share the binaries',
      setup({ onResolve }) {
        onResolve({ filter: /\/loadEmbedded$/ }, () => ({ path: './loadEmbedded.cjs', external: true }));
      },
    },
  ],
};

/** Says again of modules that only Node loads, whose names a variable has, that bundlers leave them alone: esbuild drops that. */
function keepIgnored(): NonNullable<Options['plugins']>[number] {
  return {
    name: 'keep what bundlers ignore',
    renderChunk: (code) => ({
      code: code.replace(
        /\bimport\(\s*(?=[\w$]+\s*\))/g,
        'import(/* webpackIgnore: true *//* @vite-ignore */',
      ),
    }),
  };
}

/** In lines that a terminal can show where an error has come from one. */
function keepLinesShort(options: BuildOptions): void {
  options.lineLimit = 160;
}

/** The command has no copies of its own of the binary, the weights and what reads ONNX files, which others load too. */
function shareLazy(): NonNullable<Options['esbuildPlugins']>[number] {
  return {
    name: 'share what is loaded later',
    setup({ onResolve }) {
      onResolve({ filter: /\.generated$|\/readOnnxFile$/ }, ({ path, kind }) =>
        kind === 'dynamic-import' ? { path: `./${basename(path)}.js`, external: true } : undefined,
      );
    },
  };
}

/** Bundles one module in the place of others. */
function replaceModule(filter: RegExp, replacement: string): NonNullable<Options['esbuildPlugins']>[number] {
  const path = fileURLToPath(new URL(replacement, import.meta.url));
  return {
    name: `put ${replacement} in the place of ${filter.source}`,
    setup({ onResolve }) {
      onResolve({ filter }, () => ({ path }));
    },
  };
}

/** Leaves what is loaded by `import()` to the files of `lazy` and `handed`. */
const keepLazy: NonNullable<Options['esbuildPlugins']>[number] = {
  name: 'keep what is lazy in files of its own',
  setup({ onResolve }) {
    onResolve({ filter: /^\./ }, ({ kind, path, importer }) => {
      if (kind !== 'dynamic-import') return undefined;
      const name = basename(path);
      if (!(name in lazy || name in handed))
        return { errors: [{ text: `${importer} loads ${path}, which is not among the lazy files` }] };
      return { path: `./${name}.js`, external: true };
    });
  },
};

/** Files of `handed`: the whole of each is in a function, which is called with what the function `tensorflow` gives. */
const withoutImports: Options = {
  ...common,
  entry: handed,
  format: 'iife',
  // tfjs says by `browser` in its package.json which of Node's modules it can do without.
  platform: 'browser',
  globalName: 'exported',
  splitting: false,
  dts: false,
  noExternal: [/^@tensorflow\//],
  outExtension: () => ({ js: '.js' }),
  // Bundlers see that no module of Node's is asked for.
  banner: { js: 'export function evaluate(handed) { var require, __filename, __dirname;' },
  footer: { js: 'return exported; }' },
  esbuildOptions(options) {
    options.mainFields = ['module', 'main'];
    keepLinesShort(options);
  },
  esbuildPlugins: [takeWhatIsHanded()],
};

/**
 * Bundles what is handed in, in the place of tfjs-core; and tfjs's backend without what registers it, which fetches its files,
 * and without its side for Node, which asks for Node's modules: whoever starts it has the files.
 */
function takeWhatIsHanded(): NonNullable<Options['esbuildPlugins']>[number] {
  const namespace = 'handed';
  const resolveDir = fileURLToPath(new URL('.', import.meta.url));
  const contents: Readonly<Record<string, string>> = {
    '@tensorflow/tfjs-core': `
      export const { ${Object.keys(tensorflow()).join(', ')} } = handed;
      export * from '@tensorflow/tfjs-core/dist/kernel_names';`,
    '@tensorflow/tfjs-backend-wasm': `
      import '@tensorflow/tfjs-backend-wasm/dist/register_all_kernels';
      export { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm';
      export { version as version_wasm } from '@tensorflow/tfjs-backend-wasm/dist/version';`,
  };
  return {
    name: 'take what is handed in',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^@tensorflow\// }, ({ path }) =>
        path in contents ? { path, namespace } : undefined,
      );
      onResolve({ filter: /\/(loadEmbedded|loadModule|loadThreadScript)$/ }, ({ path }) => ({
        path: basename(path),
        namespace,
      }));
      onLoad({ filter: /^load/, namespace }, ({ path }) => ({
        contents: `export const { ${path} } = handed;`,
      }));
      onLoad({ filter: /./, namespace }, ({ path }) => ({ contents: contents[path]!, resolveDir }));
      // What starts tfjs's threads is in this package in a form of its own.
      onLoad({ filter: /\.worker\.js$/ }, () => ({
        contents: 'export const wasmWorkerContents = undefined;',
      }));
      onLoad({ filter: /\/wasm-out\/[\w-]+\.js$/ }, async ({ path }) => ({
        contents: `var process;${await readFile(path, 'utf8')}`,
      }));
    },
  };
}

export default defineConfig([
  {
    ...common,
    format: 'esm',
    esbuildPlugins: [keepLazy, replaceModule(/\/loadBackend$/, 'src/backend/loadBackendHandingIn.ts')],
  },
  { ...common, entry: lazy, format: 'esm', splitting: false, dts: false },
  withoutImports,
  cjs,
  // Not split, it keeps its import() as it is.
  {
    ...common,
    entry: { loadEmbedded: 'src/backend/loadEmbedded.ts' },
    format: 'cjs',
    splitting: false,
    dts: false,
    esbuildPlugins: [keepLazy],
  },
  standalone,
  {
    ...common,
    entry: { standaloneInNode: 'src/standalone/inNode.ts' },
    format: 'esm',
    sourcemap: false,
    dts: false,
  },
  cli,
]);
