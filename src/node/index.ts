export { readImageFile } from './readImageFile';
export { saveFile } from './saveFile';
