import { fileURLToPath } from 'node:url';
import { defineConfig, type Options } from 'tsup';

/** A subpath export each: an app that draws SVG ships no PNG file writer. */
const entry = {
  index: 'src/index.ts',
  rgba: 'src/render/renderRgba.ts',
  svg: 'src/render/renderSvg.ts',
  canvas: 'src/render/renderCanvas.ts',
  png: 'src/render/renderPng.ts',
  terminal: 'src/render/renderTerminal.ts',
  colormaps: 'src/color/schemeColormap.ts',
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
  entry: { standalone: 'src/standalone.ts' },
  format: 'esm',
  // tfjs says by `browser` in its package.json which of Node's modules it can do without.
  platform: 'browser',
  splitting: false,
  minify: true,
  sourcemap: false,
  noExternal: [/^[^.]/],
  esbuildPlugins: [
    {
      name: 'leave out what few pages use',
      setup({ onResolve }) {
        const path = fileURLToPath(new URL('src/backend/loadEmbeddedSimd.ts', import.meta.url));
        onResolve({ filter: /\/loadEmbedded$/ }, () => ({ path }));
      },
    },
  ],
};

export default defineConfig([
  { ...common, format: 'esm' },
  // require() cannot load d3-scale-chromatic, which has ES modules only.
  { ...common, format: 'cjs', noExternal: [/^d3-/] },
  standalone,
]);
