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
  // A figure in the page: all that TensorFlow.js has a part in is loaded at once, for a bundler may put that into the file
  // of the app, which a file loaded later must not wait for. And with whatever an image (a file: 5.5 kB) or a backend may need
  // besides: 38 kB are a copy of TensorFlow.js's backend, 6 kB put right what it computes wrong.
  { name: 'renderRgba', path: 'rgba', atOnce: '27.5 kB', inAll: '86 kB' },
  { name: 'renderCanvas', path: 'canvas', atOnce: '30 kB', inAll: '88.5 kB' },
  { name: 'renderTerminal', path: 'terminal', atOnce: '29.5 kB', inAll: '88 kB' },
  // 5 kB of these two are fflate, which packs the pixels.
  { name: 'renderSvg', path: 'svg', atOnce: '35.5 kB', inAll: '94 kB' },
  { name: 'renderPng', path: 'png', atOnce: '35 kB', inAll: '93.5 kB' },
].map((entry) => ({
  ...entry,
  import: { 'dist/index.js': '{ visualizeLayers }', [`dist/${entry.path}.js`]: `{ ${entry.name} }` },
  name: `visualizeLayers and ${entry.name}`,
}));
const explorer = {
  name: 'mountExplorer',
  import: { 'dist/explorer.js': '{ mountExplorer }' },
  // 3 kB are for graph models, and 4 kB of what is loaded later: their nodes, kernels and receptive fields.
  atOnce: '27.5 kB',
  inAll: '103.5 kB',
};

/** What opens a model from a file, and then loads what reads that kind of file. */
const open = {
  name: 'openModel',
  import: { 'dist/open.js': '{ openModel }' },
  atOnce: '57 kB',
  inAll: '144 kB',
};

/** What is loaded for a file of one kind, when one is opened. */
const readers = [
  { name: 'ZIP archives', path: 'dist/openZip.js', limit: '4.5 kB' },
  { name: 'HDF5 and .keras files', path: 'dist/readHdf5.js', limit: '9 kB' },
  { name: 'ONNX files', path: 'dist/readOnnxFile.js', limit: '29 kB' },
].map((reader) => ({ ...shared, ...reader, name: `what reads ${reader.name}` }));

/** All that a page without a bundler loads, TensorFlow.js, its `.wasm` file and the weights among it. */
const standalone = {
  name: 'standalone',
  path: 'dist/standalone.js',
  gzip: true,

  limit: '524 kB',
};

const measured = [...entries, explorer, open].flatMap(({ name, import: names, atOnce, inAll }) => [
  { ...shared, name: `${name}, at once`, import: names, limit: atOnce, modifyEsbuildConfig: without(isLazy) },
  {
    ...shared,
    name: `${name}, with all that is loaded later but weights and .wasm`,
    import: names,
    limit: inAll,
    modifyEsbuildConfig: without(isGenerated),
  },
]);

export default [...measured, ...readers, standalone];
