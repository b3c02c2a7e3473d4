// It registers the backend and its kernels, which have to go together with those of layerscope.
import '@tensorflow/tfjs-backend-wasm';
import { drawFigures } from './drawFigures.js';
import { drawInWorker } from './drawInWorker.js';

const main = document.querySelector('main');
const mode = new URLSearchParams(location.search);
window.result = mode.has('worker')
  ? await drawInWorker(main)
  : await drawFigures(main, { threads: mode.has('threads') });
