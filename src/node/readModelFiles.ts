import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join, posix, win32 } from 'node:path';
import { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../common/errors';
import { reasonOf } from '../common/files/reasonOf';
import { quote } from '../common/quote';
import {
  countBytes,
  kindOf,
  type ModelJson,
  type ModelKind,
  parseModelJson,
  type WeightGroup,
} from './parseModelJson';
import { recognizeModel } from './recognizeModel';

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
 * @param path The path of the `model.json`, or of the folder that it is in.
 * @param wanted The kind of model that it must be; either if absent.
 * @throws Error naming `path` and what is wrong with which file.
 */
export async function readModelFiles(path: string, wanted?: ModelKind): Promise<ModelFiles> {
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

/** The `model.json`, or what there is of another framework in its place. */
async function findInFolder(folder: string): Promise<string> {
  const names = await readdir(folder).catch((): string[] => []);
  const other = names.includes('model.json')
    ? undefined
    : names.find((name) => /^saved_model\.pb/.test(name));
  return join(folder, other ?? 'model.json');
}

async function readText(file: string): Promise<string> {
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw new Error(
      `path: expected a model.json that can be read, got ${quote(file, 100)} (${reasonOf(cause)})`,
      { cause },
    );
  });
  const other = recognizeModel(file, bytes.subarray(0, 8));
  if (other) throw new Error(`path: expected a model.json, got ${quote(file, 100)}, ${other}`);
  return bytes.toString('utf8');
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
  return io.getModelArtifactsForJSONSync(json, io.getWeightSpecs(json.weightsManifest), weightData.buffer);
}

/** The files of weights in their order, none of them read if one lies outside the folder. */
async function readGroups(file: string, { weightsManifest }: ModelJson): Promise<Uint8Array[]> {
  for (const path of weightsManifest.flatMap(({ paths }) => paths)) {
    if (leavesFolder(path)) {
      throw new Error(
        `path: expected weights in the folder of ${quote(file, 100)}, got ${describeValue(path)}`,
      );
    }
  }
  const groups: Uint8Array[] = [];
  for (const group of weightsManifest) groups.push(...(await readGroup(file, group)));
  return groups;
}

async function readGroup(file: string, { paths, weights }: WeightGroup): Promise<Uint8Array[]> {
  const parts = await Promise.all(
    paths.map((path) =>
      readFile(join(dirname(file), path)).catch((cause: unknown) => {
        throw new Error(
          `path: expected the weights ${describeValue(path)} beside ${quote(file, 100)}, got none that can be read (${reasonOf(cause)})`,
          { cause },
        );
      }),
    ),
  );
  const expected = weights.reduce((sum, spec) => sum + countBytes(spec), 0);
  const got = parts.reduce((sum, bytes) => sum + bytes.length, 0);
  if (got !== expected) {
    const names = paths.map((path) => describeValue(path)).join(' and ') || 'no file of weights';
    throw new Error(
      `path: expected ${expected} bytes in ${names} beside ${quote(file, 100)}, got ${got} bytes`,
    );
  }
  return parts;
}

/** On any system: a model may have been made on another one. */
function leavesFolder(path: string): boolean {
  const [first] = posix.normalize(path.replaceAll('\\', '/')).split('/');
  return first === '..' || posix.isAbsolute(path) || win32.isAbsolute(path) || /^[a-z]:/i.test(path);
}
