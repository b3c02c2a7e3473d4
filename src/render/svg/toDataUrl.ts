/** Puts bytes into an address, in base64. */
export function toDataUrl(type: string, bytes: Uint8Array): string {
  let text = '';
  // In parts: a function takes only so many arguments.
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return `data:${type};base64,${btoa(text)}`;
}
