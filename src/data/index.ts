export type { Point, Stroke } from './digitStrokes';
export type { DigitStyle } from './digitStyle';
export type { DownloadProgress } from './download/receive';
export { type DrawDigitOptions, drawDigit } from './drawDigit';
export { type DrawDigitsOptions, drawDigits } from './drawDigits';
export { type DrawStrokesOptions, drawStrokes } from './drawStrokes';
export type { LabeledImages } from './LabeledImages';
export { type LoadMnistOptions, loadMnist } from './loadMnist';
export { type IdxArray, parseIdx } from './parseIdx';
