/** Files that are images, by the names that messages have for them. */
export type ImageFormat = 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'BMP' | 'AVIF' | 'SVG';

/** The first bytes of files, written as Latin-1. */
const SIGNATURES: readonly (readonly [ImageFormat, RegExp])[] = [
  ['PNG', /^\x89PNG\r\n\x1a\n/],
  ['JPEG', /^\xff\xd8\xff/],
  ['GIF', /^GIF8[79]a/],
  ['WebP', /^RIFF.{4}WEBP/s],
  ['BMP', /^BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/s],
  ['AVIF', /^.{4}ftyp(?:.{4}){0,30}avi[fs]/s],
  // Behind the marks of UTF-8: a declaration, comments, a document type.
  [
    'SVG',
    /^(?:\xef\xbb\xbf)?\s*(?:<\?[^>]*>\s*|<!--(?:[^-]|-(?!->))*-->\s*|<!DOCTYPE\s+svg(?:[^>[]|\[[^\]]*\])*>\s*)*<svg[\s/>]/,
  ],
];

/** What files are that look like images to people, and what to do about them. */
const OTHERS: readonly (readonly [RegExp, string])[] = [
  [/^version https:\/\/git-lfs/, 'which is a pointer of Git LFS; run: git lfs pull'],
  [/^\s*(?:<!doctype html|<html)/i, 'which is an HTML page'],
  [/^%PDF-/, 'which is a PDF file'],
  [/^PK\x03\x04/, 'which is a ZIP file'],
  [/^\x1f\x8b/, 'which is a gzip file'],
  [/^(?:II\*\0|MM\0\*)/, 'which is a TIFF file'],
  [/^.{4}ftyp(?:hei|hev|mif)/s, 'which is a HEIC file'],
  [/^\0\0\x01\0/, 'which is an icon file'],
  [/^8BPS/, 'which is a Photoshop file'],
  [/^<svg:|^<\?xml/, 'which is XML, but no SVG that begins with <svg'],
  [/^$/, 'which is empty'],
];

/** Recognises an image file by its first bytes. */
export function recognizeFormat(file: Uint8Array): ImageFormat | undefined {
  const start = startOf(file);
  return SIGNATURES.find(([, signature]) => signature.test(start))?.[0];
}

/** Says of a file that is no image what it is instead, as what follows "got this file, …". */
export function describeOther(file: Uint8Array): string {
  const start = startOf(file);
  return OTHERS.find(([signature]) => signature.test(start))?.[1] ?? 'which is none of these';
}

/** As text of a character a byte. */
function startOf(file: Uint8Array): string {
  return String.fromCharCode(...file.subarray(0, 8192));
}
