import { listNearest } from '../../common/listNearest';
import { quote } from '../../common/quote';
import type { ModelFiles } from './ModelFiles';
import { requireReadable } from './readFile';
import { type FileKind, recognizeFile, recognizeOther } from './recognizeFile';

/** The file that a model is opened from. */
export interface FoundModel {
  readonly name: string;
  /** `'keras'`: one of the files that are in a `.keras` file, which has been unpacked. */
  readonly kind: FileKind | 'keras';
  /** What Keras calls the config of a model, where it lies beside its weights. */
  readonly config?: string;
}

/** What can be opened, in words. */
const WANTED = 'a .keras, .h5 or .onnx file, a model.json with its weights, or a ZIP archive of them';

/** Names that files of models mostly have: these are looked into first. */
const FAMILIAR = /\.(json|keras|h5|hdf5|onnx|zip|tflite|pb|pbtxt|pth?|safetensors)$/i;

/** Files that are looked into, at the most. */
const MOST_FILES = 200;

/** Folders inside each other in which a model is looked for. */
const DEEPEST = 2;

/**
 * Finds the file that is a model, by what is in the files.
 *
 * @throws Error naming the files if none is, if several are, or if it is a model that is not opened.
 */
export async function findModel(files: ModelFiles): Promise<FoundModel> {
  const { names } = files;
  const known = names
    .filter((name) => depthOf(name) <= DEEPEST)
    .sort((one, other) => depthOf(one) - depthOf(other));
  if (known.length === 1) return await recognizeOnly(files, known[0]!);
  const archive = known.find(
    (name) => /(^|\/)config\.json$/.test(name) && known.includes(weightsBeside(name)),
  );
  if (archive !== undefined) return { name: weightsBeside(archive), kind: 'keras', config: archive };
  const familiar = known.filter((name) => FAMILIAR.test(name));
  const others = known.filter((name) => !FAMILIAR.test(name));
  for (const group of [familiar, others]) {
    const found = await lookInto(files, group.slice(0, MOST_FILES));
    if (found) return found;
  }
  throw new Error(`${files.argument}: expected ${WANTED}, got ${describeAll(names)} in ${files.place}`);
}

async function recognizeOnly(files: ModelFiles, name: string): Promise<FoundModel> {
  const head = await requireReadable(files, name, 'a model', files.readHead(name));
  const kind = recognizeFile(name, head);
  if (kind) return { name, kind };
  const words = recognizeOther(name, head);
  if (words) refuseOther(files, name, words);
  const what = head.length === 0 ? 'which is empty' : 'which is none of them';
  throw new Error(`${files.argument}: expected ${WANTED}, got ${files.describe(name)}, ${what}`);
}

function refuseOther(files: ModelFiles, name: string, words: string): never {
  throw new Error(
    `${files.argument}: expected a model that can be opened, got ${files.describe(name)}, ${words}`,
  );
}

async function lookInto(files: ModelFiles, names: readonly string[]): Promise<FoundModel | undefined> {
  const kinds = new Map<FileKind | 'config', string[]>();
  let other: { readonly name: string; readonly words: string } | undefined;
  for (const name of names) {
    const head = await requireReadable(files, name, 'a model', files.readHead(name));
    const kind = recognizeFile(name, head);
    const found = kind === 'json' ? recognizeJson(name, head) : kind;
    if (found) kinds.set(found, [...(kinds.get(found) ?? []), name]);
    const words = recognizeOther(name, head);
    if (words) other ??= { name, words };
  }
  const list = (kind: FileKind | 'config') => kinds.get(kind) ?? [];
  const models = list('json').length > 0 ? list('json') : [...list('hdf5'), ...list('onnx'), ...list('zip')];
  const nearest = models.filter((name) => depthOf(name) === depthOf(models[0]!));
  const named = nearest.find((name) => /(^|\/)model\.json$/.test(name));
  const name = named ?? nearest[0];
  if (name === undefined) {
    if (other) refuseOther(files, other.name, other.words);
    return undefined;
  }
  if (nearest.length > 1 && named === undefined) {
    throw new Error(
      `${files.argument}: expected one model, got ${describeAll(nearest)} in ${files.place}; give one of them`,
    );
  }
  const kind = (['json', 'hdf5', 'onnx', 'zip'] as const).find((each) => list(each).includes(name))!;
  const [config] = list('config');
  return { name, kind, ...(kind === 'hdf5' && config !== undefined && { config }) };
}

/** A `model.json` of TensorFlow.js; the config of a model of Keras, which has no weights; or neither. */
function recognizeJson(name: string, head: Uint8Array): 'json' | 'config' | undefined {
  const text = new TextDecoder().decode(head);
  if (/"(modelTopology|weightsManifest)"|"format":\s*"(layers|graph)-model"/.test(text)) return 'json';
  if (/"class_name"/.test(text)) return 'config';
  // Whatever is called so is to be one, and what is wrong with it is said later.
  return /(^|\/)model\.json$/.test(name) ? 'json' : undefined;
}

function weightsBeside(config: string): string {
  return config.replace(/config\.json$/, 'model.weights.h5');
}

function depthOf(name: string): number {
  return name.split('/').length - 1;
}

function describeAll(names: readonly string[]): string {
  return listNearest(names, undefined, (name) => quote(name, 40), 120);
}
