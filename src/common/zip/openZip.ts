import { quote } from '../quote';
import { readZip } from './readZip';
import { unpackEntry } from './unpackEntry';

/** A file in an archive. */
export interface ZippedFile {
  /** Its path in the archive, by `/`. */
  readonly name: string;
  /** Bytes that it has. */
  readonly size: number;
  /** Whether unpacking it makes a copy; what is stored as it is comes as a view of the archive. */
  readonly isPacked: boolean;
  /** @throws RangeError whose message is the reason alone: it is damaged. */
  unpack(): Uint8Array;
}

/** What macOS and Windows put into archives besides what was to be packed. */
const LITTER = /(^|\/)(__MACOSX\/|\.[^/]*$|Thumbs\.db$|desktop\.ini$)/i;

/**
 * Opens a ZIP archive. Nothing is unpacked until it is asked for; folders, and what systems add on their own, are left out.
 *
 * @throws RangeError whose message is the reason alone: it is damaged, a name leads out of it, or one is there twice.
 */
export function openZip(bytes: Uint8Array): ZippedFile[] {
  const files = new Map<string, ZippedFile>();
  for (const entry of readZip(bytes)) {
    const parts = entry.name.replaceAll('\\', '/').split('/');
    if (parts.includes('..') || parts[0] === '' || /^[a-z]:/i.test(entry.name)) {
      throw new RangeError(`its entry ${quote(entry.name)} leads out of it`);
    }
    const isFolder = parts.at(-1) === '';
    const name = parts.filter((part) => part !== '.').join('/');
    if (isFolder || LITTER.test(name)) continue;
    if (files.has(name)) throw new RangeError(`it has two entries ${quote(name)}`);
    const { size, isDeflated } = entry;
    files.set(name, { name, size, isPacked: isDeflated, unpack: () => unpackEntry(entry) });
  }
  return [...files.values()];
}
