export { loadGraphModel } from './loadGraphModel';
export { loadModel } from './loadModel';
export { readImageFile } from './readImageFile';
export { saveFile } from './saveFile';
export { saveFiles } from './saveFiles';
export { type SaveModelOptions, saveModel } from './saveModel';
