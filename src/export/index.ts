export type { ExportedItems } from './ExportedItems';
export { exportJson } from './exportJson';
export { exportNpy } from './exportNpy';
export { exportNpz } from './exportNpz';
export { type ImportJsonOptions, importJson } from './importJson';
export { type ImportNpyOptions, importNpy } from './importNpy';
export { type ImportNpzOptions, importNpz } from './importNpz';
