import { describeValue } from '../common/errors';
import type { OpenedModel } from '../model/OpenedModel';
import type { Meter } from './files/createMeter';
import { filesOfBlobs } from './files/filesOfBlobs';
import { type FileInMemory, filesOfBytes } from './files/filesOfBytes';
import { filesOfUrl } from './files/filesOfUrl';
import type { ModelFiles } from './files/ModelFiles';
import { loadFiles } from './loadFiles';
import type { ModelSource, NamedBlob } from './ModelSource';
import { type OpenModelOptions, requireOpenOptions } from './OpenModelOptions';

/**
 * Opens a model from the file that somebody has: `.keras`, `.h5` and ONNX files, a `model.json` with its weights, exports of Teachable
 * Machine; in a ZIP archive or not. What it is is told by what is in it, not by its name. Graph models, ONNX among them, take the
 * package `@tensorflow/tfjs-converter`, which an app installs for them. Sets up the WASM SIMD backend unless the app has set one.
 *
 * @param source A file or several, see {@link ModelSource}; a string is the address of one, by http or https.
 * @returns What the caller disposes.
 * @throws TypeError (the promise is rejected) if `source` is no source or an option is of the wrong kind; Error naming the file and what
 * is wrong with it, and what to do; RangeError if it is more than `maxBytes`; the signal's reason if it is aborted. No tensor is left then.
 */
export async function openModel(
  source: ModelSource | string,
  options: OpenModelOptions = {},
): Promise<OpenedModel> {
  requireOpenOptions(options);
  const { fetch = globalThis.fetch } = options;
  const list = listFiles(source, (...request) => fetch(...request));
  return await loadFiles('source', list, options);
}

/** What the source is called in messages that has no name of its own. */
const ORIGIN = { argument: 'source' };

function listFiles(source: unknown, fetch: typeof globalThis.fetch): (meter: Meter) => ModelFiles {
  const url = readUrl(source);
  if (url) return (meter) => filesOfUrl(url, fetch, meter);
  if (isBlob(source)) {
    const name = 'name' in source && typeof source.name === 'string' ? source.name : '';
    return (meter) => filesOfBlobs(new Map([[name, source]]), { ...ORIGIN, place: 'the file' }, meter);
  }
  const bytes = readBytes(source);
  if (bytes) return (meter) => filesOfBytes(new Map([['', bytes]]), { ...ORIGIN, place: 'the bytes' }, meter);
  const blobs = readBlobs(source);
  if (blobs) return (meter) => filesOfBlobs(blobs, { ...ORIGIN, place: 'the files' }, meter);
  const record = readRecord(source);
  if (record) return (meter) => filesOfBytes(record, { ...ORIGIN, place: 'the files' }, meter);
  throw new TypeError(
    `source: expected a file, files, bytes, bytes by name, or an address by http or https, got ${describeValue(source)}`,
  );
}

function readUrl(source: unknown): URL | undefined {
  const isText = typeof source === 'string';
  if (!isText && Object.prototype.toString.call(source) !== '[object URL]') return undefined;
  const base = typeof location === 'undefined' ? undefined : location.href;
  try {
    const url = new URL(String(source), base);
    if (/^https?:$/.test(url.protocol)) return url;
  } catch {
    // Said below.
  }
  throw new TypeError(
    `source: expected an address by http or https, got ${describeValue(String(source))}; openModel of layerscope/node takes paths`,
  );
}

function isBlob(value: unknown): value is Blob {
  return ['[object Blob]', '[object File]'].includes(Object.prototype.toString.call(value));
}

function readBytes(source: unknown): FileInMemory | undefined {
  const isBuffer = ['[object ArrayBuffer]', '[object SharedArrayBuffer]'].includes(
    Object.prototype.toString.call(source),
  );
  const bytes = isBuffer ? new Uint8Array(source as ArrayBuffer) : toBytes(source);
  return bytes && inMemory(bytes);
}

/** Of a Buffer of Node, what is cut out of it would be one, too. */
function toBytes(value: unknown): Uint8Array | undefined {
  if (Object.prototype.toString.call(value) !== '[object Uint8Array]') return undefined;
  const { buffer, byteOffset, length } = value as Uint8Array;
  return new Uint8Array(buffer, byteOffset, length);
}

function inMemory(bytes: Uint8Array): FileInMemory {
  return { size: bytes.length, isPacked: false, read: () => bytes };
}

function readBlobs(source: unknown): Map<string, Blob> | undefined {
  const isList = Array.isArray(source) || Object.prototype.toString.call(source) === '[object FileList]';
  if (!isList) return undefined;
  const files = new Map<string, Blob>();
  for (const [index, file] of Array.from(source as ArrayLike<unknown>).entries()) {
    if (!isBlob(file) || !('name' in file) || typeof file.name !== 'string') {
      throw new TypeError(`source: expected files, got ${describeValue(file)} as source[${index}]`);
    }
    add(files, (file as NamedBlob).webkitRelativePath || file.name, file);
  }
  return requireSome(files);
}

function readRecord(source: unknown): Map<string, FileInMemory> | undefined {
  if (Object.prototype.toString.call(source) !== '[object Object]') return undefined;
  const files = new Map<string, FileInMemory>();
  for (const [name, value] of Object.entries(source as object)) {
    const bytes = toBytes(value);
    if (!bytes) {
      throw new TypeError(
        `source: expected bytes by name, got ${describeValue(value)} as ${describeValue(name)}`,
      );
    }
    add(files, name.replaceAll('\\', '/').replace(/^(\.?\/)+/, ''), inMemory(bytes));
  }
  return requireSome(files);
}

function add<File>(files: Map<string, File>, name: string, file: File): void {
  if (files.has(name))
    throw new TypeError(`source: expected each name once, got ${describeValue(name)} twice`);
  files.set(name, file);
}

function requireSome<File>(files: Map<string, File>): Map<string, File> {
  if (files.size > 0) return files;
  throw new TypeError('source: expected at least one file, got none');
}
