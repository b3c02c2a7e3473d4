import { cutName, foldName, isDeviceName } from '../common/files/names';

/** Bytes of a name at the most, its ending not counted: file systems take 255. */
const LONGEST = 120;

/**
 * Makes a name of a file of each layer's path, one that every file system takes and that leads to no other folder: letters,
 * digits, `.`, `_`, `-` stay, anything else becomes `-`, as in `backbone-conv1` for `backbone/conv1`. Names that
 * then differ in nothing but capitals are numbered.
 */
export function fileNames(paths: readonly string[]): string[] {
  const taken = new Set<string>();
  return paths.map((path) => {
    const name = safeName(path);
    let unique = name;
    for (let number = 2; taken.has(foldName(unique)); number++) unique = `${name}-${number}`;
    taken.add(foldName(unique));
    return unique;
  });
}

function safeName(path: string): string {
  // Composed, since file systems differ in whether they take two spellings of one letter for the same.
  const plain = path.normalize('NFC').replace(/[^\p{L}\p{N}\p{M}._-]+/gu, '-');
  // A leading dot would hide the file, a hyphen make it an option; Windows drops dots at the end.
  const trimmed = plain.replace(/^[.-]+|[.-]+$/g, '');
  const short = cutName(trimmed, LONGEST).replace(/[.-]+$/, '');
  if (short === '') return 'layer';
  return isDeviceName(short) ? `layer-${short}` : short;
}
