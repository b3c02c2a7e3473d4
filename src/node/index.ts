export { saveFile } from '../common/files/saveFile';
export { saveFiles } from '../common/files/saveFiles';
export { loadGraphModel } from './loadGraphModel';
export { loadModel } from './loadModel';
export { type ReadImageFileOptions, readImageFile } from './readImageFile';
export { type SaveModelOptions, saveModel } from './saveModel';
