export type { SortKey } from '../statistics/sortChannels';
export type { Explorer, MountExplorerOptions } from './Explorer';
export { mountExplorer } from './mountExplorer';
