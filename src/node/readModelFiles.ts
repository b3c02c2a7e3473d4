import { open, readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, posix, win32 } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../common/errors';
import { quotePath } from '../common/files/quotePath';
import { readRegularFile } from '../common/files/readRegularFile';
import { reasonOf } from '../common/files/reasonOf';
import { toFilePath } from '../common/files/toFilePath';
import { listNearest } from '../common/listNearest';
import { quote } from '../common/quote';
import {
  countBytes,
  kindOf,
  type ModelJson,
  type ModelKind,
  parseModelJson,
  type WeightGroup,
} from './parseModelJson';
import { isLfsPointer, recognizeModel } from './recognizeModel';

/** What Git LFS leaves in the place of a file is shorter. */
const MOST_POINTER_BYTES = 1024;

/** Bytes of a `model.json` at the most: what is in it becomes objects, which take many times as much. */
const LARGEST_JSON = 2 ** 26;

/** Files of weights at the most; of 4 MB each, as the converter makes them, they are more than any backend holds. */
const MOST_FILES = 2 ** 12;

/** What tfjs builds a model from, and the file that it came from. */
export interface ModelFiles {
  /** The path of the `model.json`. */
  readonly file: string;
  readonly artifacts: io.ModelArtifacts;
  readonly kind: ModelKind;
}

/**
 * Reads `model.json` and the files of weights that it names.
 *
 * @param place The path, or the `file:` URL, of the `model.json`, or of the folder that it is in.
 * @param wanted The kind of model that it must be; either if absent.
 * @throws Error naming `path` and what is wrong with which file.
 */
export async function readModelFiles(place: string, wanted?: ModelKind): Promise<ModelFiles> {
  const path = await toFilePath('path', place);
  const isFolder = await stat(path).then(
    (stats) => stats.isDirectory(),
    () => false,
  );
  const file = isFolder ? await findInFolder(path) : path;
  for (let text = await readText(file); ; ) {
    try {
      const artifacts = await readArtifacts(file, text, wanted);
      return { file, artifacts, kind: kindOf(artifacts) };
    } catch (error) {
      // A save that has ended meanwhile took the weights of the old model.json away: read the new one.
      const present = await readText(file);
      if (present === text) throw error;
      text = present;
    }
  }
}

/** What a folder may hold that is recognised in place of a `model.json`. */
const OTHER_MODEL =
  /^(saved_model\.pb(txt)?|tensorflowjs_model\.pb)$|\.(h5|hdf5|keras|onnx|tflite|safetensors|pth?|zip)$/i;

/** The `model.json`, or what there is of another framework in its place. */
async function findInFolder(folder: string): Promise<string> {
  const names = await readdir(folder).catch((): string[] => []);
  const other = names.includes('model.json') ? undefined : names.find((name) => OTHER_MODEL.test(name));
  return join(folder, other ?? 'model.json');
}

async function readText(file: string): Promise<string> {
  await requirePlainFile(file);
  const other = recognizeModel(file, await readHead(file));
  if (other) throw new Error(`path: expected a model.json, got ${quotePath(file)}, ${other}`);
  return new TextDecoder().decode(await readRegularFile(file, 'a model.json', LARGEST_JSON));
}

/** The first eight bytes: what they are of may be large. None of what cannot be read. */
async function readHead(file: string): Promise<Buffer> {
  const handle = await open(file).catch(() => undefined);
  if (!handle) return Buffer.alloc(0);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/**
 * A device or a pipe may have no end. What is not there is left to whoever reads it.
 *
 * @throws Error if there is something else than a file.
 */
async function requirePlainFile(file: string): Promise<void> {
  const stats = await stat(file).catch(() => undefined);
  if (!stats || stats.isFile()) return;
  const got = stats.isDirectory() ? 'a folder' : 'a device or a pipe';
  throw new Error(`path: expected a file, got ${quotePath(file)}, which is ${got}`);
}

async function readArtifacts(
  file: string,
  text: string,
  wanted: ModelKind | undefined,
): Promise<io.ModelArtifacts> {
  const json = parseModelJson(file, text, wanted);
  const groups = await readGroups(file, json);
  // One block, not a list: tfjs 4.22 reads zeros out of a list whose last block is larger than the others.
  const weightData = new Uint8Array(groups.reduce((sum, bytes) => sum + bytes.length, 0));
  let at = 0;
  for (const bytes of groups) {
    weightData.set(bytes, at);
    at += bytes.length;
  }
  const specs = json.weightsManifest.flatMap(({ weights }) => weights);
  return io.getModelArtifactsForJSONSync(json, specs, weightData.buffer);
}

/** The files of weights in their order, none of them read if one lies outside the folder. */
async function readGroups(file: string, { weightsManifest }: ModelJson): Promise<Uint8Array[]> {
  const paths = weightsManifest.flatMap(({ paths }) => paths);
  if (paths.length > MOST_FILES) {
    throw new Error(
      `path: expected at most ${MOST_FILES} files of weights, got ${quotePath(file)}, which names ${paths.length}`,
    );
  }
  for (const path of paths) {
    if (leavesFolder(path)) {
      throw new Error(
        `path: expected weights in the folder of ${quotePath(file)}, got ${describeValue(path)}`,
      );
    }
  }
  const groups: Uint8Array[] = [];
  for (const group of weightsManifest) groups.push(...(await readGroup(file, group)));
  return groups;
}

async function readGroup(file: string, { paths, weights }: WeightGroup): Promise<Uint8Array[]> {
  const beside = `beside ${quotePath(file)}`;
  const places = paths.map((path) => join(dirname(file), path));
  for (const place of places) await requirePlainFile(place);
  const refuse = (path: string) => (cause: unknown) => {
    throw new Error(
      `path: expected the weights ${describeValue(path)} ${beside}, got none that can be read (${reasonOf(cause)})`,
      { cause },
    );
  };
  const expected = weights.reduce((sum, spec) => sum + countBytes(spec), 0);
  // Before anything is read: a file may be of any length.
  const sizes = await Promise.all(
    places.map((place, index) => stat(place).then(({ size }) => size, refuse(paths[index]!))),
  );
  const got = sizes.reduce((sum, size) => sum + size, 0);
  if (got === expected) {
    return Promise.all(places.map((place, index) => readFile(place).catch(refuse(paths[index]!))));
  }
  const [first] = sizes[0]! < MOST_POINTER_BYTES ? await Promise.all([readFile(places[0]!)]) : [];
  if (first && isLfsPointer(first)) {
    throw new Error(
      `path: expected the weights ${describeValue(paths[0])} ${beside}, got a pointer of Git LFS to a file that is not here; fetch it with: git lfs pull`,
    );
  }
  const names =
    paths.length > 2
      ? listNearest(paths, undefined, undefined, 120)
      : paths.map((path) => quote(path)).join(' and ');
  throw new Error(
    `path: expected ${expected} bytes in ${paths.length > 0 ? names : 'no file of weights'} ${beside}, got ${got} bytes`,
  );
}

/** On any system: a model may have been made on another one. */
function leavesFolder(path: string): boolean {
  const [first] = posix.normalize(path.replaceAll('\\', '/')).split('/');
  return first === '..' || posix.isAbsolute(path) || win32.isAbsolute(path) || /^[a-z]:/i.test(path);
}
