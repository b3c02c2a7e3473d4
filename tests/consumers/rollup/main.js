// It registers the backend and its kernels, which layerscope has to get on with.
import '@tensorflow/tfjs-backend-wasm';
import { drawFigures } from './drawFigures.js';
import { drawInWorker } from './drawInWorker.js';

const main = document.querySelector('main');
const mode = new URLSearchParams(location.search);
window.result = mode.has('worker')
  ? await drawInWorker(main)
  : await drawFigures(main, { threads: mode.has('threads') });
