/** Guesses the width of a text in pixels, generously, since there is no font to measure: no common sans serif is wider. */
export function estimateWidth(text: string, fontSize: number): number {
  let ems = 0;
  for (const character of text) ems += character.codePointAt(0)! < 0x1100 ? 0.65 : 1.05;
  return ems * fontSize;
}
