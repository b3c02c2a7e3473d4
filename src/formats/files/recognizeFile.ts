import { quotePath } from '../../common/files/quotePath';

/** What a file is that a model may be opened from. */
export type FileKind = 'zip' | 'hdf5' | 'onnx' | 'json';

/** What is recognised and not opened, by how it begins or is called, and what to do. */
interface Other {
  readonly name: string;
  readonly matches: (head: Uint8Array, file: string) => boolean;
  readonly remedy: (file: string) => string;
}

const viaOnnx = () => 'export it to ONNX with torch.onnx.export, and open that';

const OTHERS: readonly Other[] = [
  {
    name: 'a pointer of Git LFS to a file that is not here',
    matches: isLfsPointer,
    remedy: () => 'fetch it with: git lfs pull',
  },
  {
    name: 'a model of TensorFlow Lite',
    matches: (head) => readLetters(head, 4, 8) === 'TFL3',
    remedy: () => 'open the model that it was made from',
  },
  {
    name: 'a model of PyTorch',
    matches: (head, file) =>
      isTorchArchive(head) || (/\.(pt|pth)$/i.test(file) && (head[0] === 0x80 || isZip(head))),
    remedy: viaOnnx,
  },
  {
    name: 'a file of safetensors, which has weights only',
    matches: isSafetensors,
    remedy: viaOnnx,
  },
  {
    name: 'a graph in the form of tensorflowjs_converter before 1.0',
    matches: (_, file) => /(^|\/)tensorflowjs_model\.pb$/.test(file),
    remedy: () => 'convert it with: tensorflowjs_converter of version 0.8.6, and its script pb2json',
  },
  {
    name: 'a SavedModel',
    matches: (head, file) => isSavedModel(head) || /(^|\/)saved_model\.pb(txt)?$/.test(file),
    remedy: () =>
      'convert its folder with: tensorflowjs_converter --input_format=tf_saved_model SAVED_MODEL FOLDER',
  },
  {
    name: 'a frozen graph of TensorFlow',
    matches: (head, file) => /\.pb$/i.test(file) && head[0] === 0x0a,
    remedy: (file) =>
      `convert it with: tensorflowjs_converter --input_format=tf_frozen_model ${quotePath(file)} FOLDER`,
  },
  {
    name: 'a page of HTML',
    matches: (head) => /^\s*<(!doctype html|html)/i.test(readLetters(head, 0, 100)),
    remedy: () => 'give the address of the file itself',
  },
];

const HDF5 = '\u0089HDF\r\n\u001a\n';

/**
 * Says what a file is by how it begins. Of what has no sign of its own, its name decides.
 *
 * @param head The first bytes, a kilobyte if there are as many.
 */
export function recognizeFile(file: string, head: Uint8Array): FileKind | undefined {
  if (recognizeOther(file, head)) return undefined;
  if (isZip(head)) return 'zip';
  // HDF5 lets something else stand before, of 512 bytes or a power of two more.
  if ([0, 512].some((at) => readLetters(head, at, at + 8) === HDF5)) return 'hdf5';
  if (/^(\u00ef\u00bb\u00bf)?\s*[{[]/.test(readLetters(head, 0, 100))) return 'json';
  if (isOnnx(head)) return 'onnx';
  const [, ending = ''] = /\.([^.]+)$/.exec(file.toLowerCase()) ?? [];
  return ENDINGS[ending];
}

const ENDINGS: Readonly<Record<string, FileKind>> = {
  json: 'json',
  onnx: 'onnx',
  h5: 'hdf5',
  hdf5: 'hdf5',
  keras: 'zip',
};

/**
 * Recognises models that are not opened.
 *
 * @returns What it is and what to do, in words; `undefined` if it is none of them.
 */
export function recognizeOther(file: string, head: Uint8Array): string | undefined {
  const other = OTHERS.find(({ matches }) => matches(head, file));
  return other && `which is ${other.name}; ${other.remedy(file)}`;
}

/** Whether a file is what Git leaves in the place of a large one. */
export function isLfsPointer(head: Uint8Array): boolean {
  return readLetters(head, 0, 8) === 'version ';
}

/** With entries or without. */
function isZip(head: Uint8Array): boolean {
  return ['PK\u0003\u0004', 'PK\u0005\u0006'].includes(readLetters(head, 0, 4));
}

/** A ZIP archive whose first entry is `<name>/data.pkl`, or the version that stands beside it. */
function isTorchArchive(head: Uint8Array): boolean {
  return /^PK\u0003\u0004.{26}[^/]*\/(data\.pkl|\.format_version|version|byteorder)/s.test(
    readLetters(head, 0, 300),
  );
}

/** Eight bytes say how long the JSON is that follows. */
function isSafetensors(head: Uint8Array, file: string): boolean {
  if (head.length < 8) return false;
  const size = new DataView(head.buffer, head.byteOffset, head.length).getBigUint64(0, true);
  if (size < 2n || size > 2n ** 27n) return false;
  return /^\{\s*"/.test(readLetters(head, 8, 40)) || /\.safetensors$/i.test(file);
}

/** Its version, 1, and then a graph with what is said of it. */
function isSavedModel(head: Uint8Array): boolean {
  return readLetters(head, 0, 3) === '\u0008\u0001\u0012' && !isOnnx(head);
}

/**
 * Whether bytes begin like a `ModelProto` of ONNX: its version, its texts, and before long its graph or its operators' version.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
function isOnnx(head: Uint8Array): boolean {
  for (let at = 0; at < head.length; ) {
    const key = head[at++]!;
    // ir_version and model_version are numbers; producer, its version, domain and doc_string are texts.
    if (key === 0x08 || key === 0x28) {
      while ((head[at++] ?? 0) & 0x80);
      continue;
    }
    // graph, opset_import
    if (key === 0x3a || key === 0x42) return at > 1;
    if (![0x12, 0x1a, 0x22, 0x32].includes(key)) return false;
    let [length, shift] = [0, 0];
    for (let byte = 0x80; byte & 0x80 && shift < 35; shift += 7) {
      byte = head[at++] ?? 0;
      length += (byte & 0x7f) * 2 ** shift;
    }
    at += length;
  }
  return false;
}

function readLetters(head: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...head.subarray(from, to));
}
