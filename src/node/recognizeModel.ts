import { basename } from 'node:path';
import { quotePath } from '../common/files/quotePath';

/** What a model may be that is none of TensorFlow.js, by how its file begins, and what makes one of it. */
interface Kind {
  readonly name: string;
  readonly matches: (file: string, head: Buffer) => boolean;
  readonly remedy: (file: string) => string;
}

const converter = (format: string) => (file: string) =>
  `convert it with: tensorflowjs_converter --input_format=${format} ${quotePath(file)} FOLDER`;
const throughTensorFlow = () =>
  'export it to a SavedModel of TensorFlow, and convert that with tensorflowjs_converter --input_format=tf_saved_model';

const KINDS: readonly Kind[] = [
  {
    name: 'a Keras model in HDF5',
    matches: (_, head) => head.subarray(1, 4).toString('latin1') === 'HDF',
    remedy: converter('keras'),
  },
  {
    name: 'a model of Keras 3',
    matches: (file, head) => isZip(head) && /\.keras$/i.test(file),
    remedy: converter('keras_keras'),
  },
  {
    name: 'a model of PyTorch',
    matches: (file, head) => /\.(pt|pth)$/i.test(file) && (isZip(head) || head[0] === 0x80),
    remedy: throughTensorFlow,
  },
  {
    name: 'a model of TensorFlow Lite',
    matches: (_, head) => head.subarray(4, 8).toString('latin1') === 'TFL3',
    remedy: () => 'convert the model that it was made from',
  },
  {
    name: 'a SavedModel',
    matches: (file) => /^saved_model\.pb(txt)?$/.test(basename(file)),
    remedy: converterOfFolder,
  },
  {
    name: 'a graph in the form of tensorflowjs_converter before 1.0',
    matches: (file) => /^tensorflowjs_model\.pb$/.test(basename(file)),
    remedy: () => 'convert it with: tensorflowjs_converter of version 0.8.6, and its script pb2json',
  },
  {
    name: 'a pointer of Git LFS to a file that is not here',
    matches: (_, head) => isLfsPointer(head),
    remedy: () => 'fetch it with: git lfs pull',
  },
  { name: 'a model in ONNX', matches: (file) => /\.onnx$/i.test(file), remedy: throughTensorFlow },
  {
    name: 'a file of safetensors',
    matches: (file) => /\.safetensors$/i.test(file),
    remedy: throughTensorFlow,
  },
  {
    name: 'a ZIP archive',
    matches: (_, head) => isZip(head),
    remedy: () => 'unpack it, and give the path of the model.json in it',
  },
];

/** Whether a file is what Git leaves in the place of a large one. */
export function isLfsPointer(head: Buffer): boolean {
  return head.subarray(0, 8).toString('latin1') === 'version ';
}

/**
 * Recognises files of other frameworks.
 *
 * @param head The first bytes, at least eight if there are as many.
 * @returns What it is and what to do, in words; `undefined` if it is none of them.
 */
export function recognizeModel(file: string, head: Buffer): string | undefined {
  const kind = KINDS.find(({ matches }) => matches(file, head));
  return kind && `which is ${kind.name}; ${kind.remedy(file)}`;
}

function isZip(head: Buffer): boolean {
  return head.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004';
}

function converterOfFolder(): string {
  return 'convert its folder with: tensorflowjs_converter --input_format=tf_saved_model SAVED_MODEL FOLDER';
}
