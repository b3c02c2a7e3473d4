/** Names that Windows keeps for devices, whatever the ending. */
const DEVICE = /^(con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])(\.|$)/i;

/** Whether Windows takes a name for that of a device. */
export function isDeviceName(name: string): boolean {
  return DEVICE.test(name);
}

/** What two names have in common that are one on some file system, which knows no capitals or composes letters. */
export function foldName(name: string): string {
  return name.normalize('NFC').toUpperCase().toLowerCase();
}

/** As many whole characters of a name as fit into so many bytes of UTF-8. */
export function cutName(name: string, longest: number): string {
  const encoder = new TextEncoder();
  let [kept, bytes] = ['', 0];
  for (const character of name) {
    bytes += encoder.encode(character).length;
    if (bytes > longest) break;
    kept += character;
  }
  return kept;
}
