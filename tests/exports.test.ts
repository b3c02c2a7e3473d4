import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { runScript } from './runScript';

/** What the package offers, entry by entry. A name that is gone or new is a change to the changelog. */
const EXPORTS: Readonly<Record<string, readonly string[]>> = {
  layerscope: [
    'buildArticleCnn',
    'compareActivations',
    'computeActivations',
    'convertKerasModel',
    'createActivationModel',
    'createColormap',
    'createFigure',
    'describeActivations',
    'describeDataset',
    'imageToTensor',
    'listLayers',
    'loadArticleCnn',
    'measureRange',
    'useWasmBackend',
    'viridis',
    'visualizeDifference',
    'visualizeKernels',
    'visualizeLayers',
  ],
  'layerscope/rgba': ['renderRgba'],
  'layerscope/svg': ['renderSvg'],
  'layerscope/canvas': ['renderCanvas'],
  'layerscope/png': ['encodeImage', 'renderPng'],
  'layerscope/terminal': ['renderTerminal'],
  'layerscope/html': ['renderHtml'],
  'layerscope/overlay': ['renderOverlay'],
  'layerscope/export': ['exportJson', 'exportNpy', 'exportNpz', 'importJson', 'importNpy', 'importNpz'],
  'layerscope/film': ['recordFilm', 'renderAnimatedSvg', 'renderApng'],
  'layerscope/colormaps': ['schemeColormap', 'schemeNames'],
  'layerscope/training': ['evaluateClassifier', 'registerTrainingKernels', 'trainArticleCnn', 'trainingPath'],
  'layerscope/data': ['drawDigit', 'drawDigits', 'drawStrokes', 'fitDigit', 'loadMnist', 'parseIdx'],
  'layerscope/open': ['convertOnnxModel', 'openModel'],
  'layerscope/node': [
    'loadGraphModel',
    'loadModel',
    'openModel',
    'readImageFile',
    'saveFile',
    'saveFiles',
    'saveModel',
  ],
  'layerscope/explorer': ['mountExplorer'],
};

/** What the standalone file has in it: all that a page uses. It is for pages only, and Node cannot load it. */
const STANDALONE = 'layerscope/standalone';
const IN_STANDALONE = ['', '/rgba', '/svg', '/canvas', '/png', '/overlay', '/training', '/data', '/explorer'];

describe('the package', () => {
  const names = Object.keys(manifest.exports)
    .filter((path) => path !== './package.json')
    .map((path) => `layerscope${path.slice(1)}`);

  it('has these entries', () => {
    expect(names).toEqual([...Object.keys(EXPORTS), STANDALONE]);
  });

  it.each(['import', 'require'])('exports these names to %s', (way) => {
    const load = way === 'import' ? 'await import(name)' : 'require(name)';
    const { stdout, stderr } = runScript(`
      import { createRequire } from 'node:module';
      const require = createRequire(process.cwd() + '/');
      const found = {};
      for (const name of ${JSON.stringify(Object.keys(EXPORTS))}) found[name] = Object.keys(${load}).sort();
      console.log(JSON.stringify(found));`);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual(EXPORTS);
  });

  // That the built file has what its source exports is tested in a page.
  it('exports to pages without a bundler what the others export, and TensorFlow.js', async () => {
    const parts = IN_STANDALONE.flatMap((part) => EXPORTS[`layerscope${part}`]!);
    expect(Object.keys(await import('../src/standalone/index')).sort()).toEqual([...parts, 'tf'].sort());
  });
});
