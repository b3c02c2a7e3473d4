import { fileURLToPath } from 'node:url';
import { defineConfig, type Options } from 'tsup';

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
  node: 'src/node/index.ts',
};

const common: Options = {
  entry,
  target: 'es2022',
  platform: 'neutral',
  splitting: true,
  treeshake: false,
  sourcemap: true,
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
  minify: true,
  sourcemap: false,
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
  minify: true,
  sourcemap: false,
  dts: false,
  noExternal: [/^(?!@napi-rs|node:)[^.]/],
  // Sooner read than unpacked.
  loader: { '.wasm': 'file' },
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
    packFastPng,
  ],
};

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

export default defineConfig([
  { ...common, format: 'esm' },
  // require() cannot load d3-scale-chromatic and fast-png, which have ES modules only.
  {
    ...common,
    format: 'cjs',
    noExternal: [/^d3-/, 'fast-png', 'iobuffer'],
    esbuildPlugins: [packFastPng],
  },
  standalone,
  cli,
]);
