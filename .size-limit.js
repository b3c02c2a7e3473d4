// What a page pays for this package, minified and gzipped, TensorFlow.js not counted: `npm run size`.

/** Whether a module is loaded by `import()` when it is needed: `.generated` ones hold weights and `.wasm` files. */
const isLazy = ({ kind }) => kind === 'dynamic-import';
const isGenerated = ({ path }) => path.includes('.generated');

/** Has esbuild leave out some modules. */
function without(isLeftOut) {
  return (config) => ({
    ...config,
    format: 'esm',
    logLevel: 'error',
    plugins: [
      ...(config.plugins ?? []),
      {
        name: 'left out',
        setup({ onResolve }) {
          onResolve({ filter: /^\./ }, (args) =>
            isLeftOut(args) ? { path: args.path, external: true } : undefined,
          );
        },
      },
    ],
  });
}

const shared = { gzip: true, ignore: ['@tensorflow/*', 'node:*'] };
const entries = [
  // A figure in the page, and with whatever an image (a file: 5.5 kB), a model (a graph model: 2 kB), the range of its values (1 kB) or a
  // backend may need besides, of which 6 kB put right what TensorFlow.js computes wrong on it.
  { name: 'renderRgba', path: 'rgba', atOnce: '8 kB', inAll: '37.5 kB' },
  { name: 'renderCanvas', path: 'canvas', atOnce: '8 kB', inAll: '40 kB' },
  { name: 'renderTerminal', path: 'terminal', atOnce: '8 kB', inAll: '39.5 kB' },
  // 5 kB of these two are fflate, which packs the pixels.
  { name: 'renderSvg', path: 'svg', atOnce: '13 kB', inAll: '45.5 kB' },
  { name: 'renderPng', path: 'png', atOnce: '13 kB', inAll: '44.5 kB' },
].map((entry) => ({
  ...entry,
  import: { 'dist/index.js': '{ visualizeLayers }', [`dist/${entry.path}.js`]: `{ ${entry.name} }` },
  name: `visualizeLayers and ${entry.name}`,
}));
const isForAnyFigure = ({ path }) => /createLayersActivationModel|createFigures/.test(path);
/** What any first figure needs: what makes the activation model and the figure comes right after the call. */
const firstFigure = {
  ...shared,
  name: 'visualizeLayers and renderRgba, for a first figure',
  import: {
    'dist/index.js': '{ visualizeLayers }',
    'dist/rgba.js': '{ renderRgba }',
  },
  limit: '18 kB',
  modifyEsbuildConfig: without((args) => isLazy(args) && !isForAnyFigure(args)),
};
const explorer = {
  name: 'mountExplorer',
  import: { 'dist/explorer.js': '{ mountExplorer }' },
  atOnce: '17.5 kB',
  inAll: '43.5 kB',
};

/** All that a page without a bundler loads, TensorFlow.js, its `.wasm` file and the weights among it. */
const standalone = {
  name: 'standalone',
  path: 'dist/standalone.js',
  gzip: true,

  limit: '500 kB',
};

const measured = [...entries, explorer].flatMap(({ name, import: names, atOnce, inAll }) => [
  { ...shared, name: `${name}, at once`, import: names, limit: atOnce, modifyEsbuildConfig: without(isLazy) },
  {
    ...shared,
    name: `${name}, with all that is loaded later but weights and .wasm`,
    import: names,
    limit: inAll,
    modifyEsbuildConfig: without(isGenerated),
  },
]);

export default [...measured, firstFigure, standalone];
