import { quotePath } from '../../common/files/quotePath';
import type { ModelFiles } from './ModelFiles';
import { joinPath } from './paths';

export interface FileListPlace {
  /** What the caller's argument is called, and where the files are, quoted: for messages. */
  readonly argument: string;
  readonly place: string;
  /** Whether they are inside of something, an archive, rather than the caller's. */
  readonly isInside?: boolean;
}

/** What lists of files have in common: all there are is known, and folders may be missing from their names. */
export function createFileList(
  names: readonly string[],
  { argument, place, isInside = false }: FileListPlace,
): Pick<ModelFiles, 'argument' | 'place' | 'names' | 'isOpen' | 'locate' | 'describe'> {
  const nameOf = (path: string) => path.split('/').at(-1);
  return {
    argument,
    place,
    names,
    isOpen: false,
    describe: (name) => {
      if (name === '') return place;
      return isInside ? `${quotePath(name)} in ${place}` : quotePath(name);
    },
    locate(model, path) {
      const joined = joinPath(model, path);
      if (names.includes(joined)) return joined;
      // Files that are chosen one by one have lost the folders that they were in.
      const same = names.filter((name) => nameOf(name) === nameOf(joined));
      return same.length === 1 ? same[0]! : joined;
    },
  };
}
