import { io } from '@tensorflow/tfjs-core';
import { describeValue } from '../../common/errors';
import { listNearest } from '../../common/listNearest';
import { quote } from '../../common/quote';
import type { Meter } from '../files/createMeter';
import { type ModelFiles, UnreadableFile } from '../files/ModelFiles';
import { leavesFolder } from '../files/paths';
import { isLfsPointer } from '../files/recognizeFile';
import { countBytes, type ModelJson, type WeightGroup } from './parseModelJson';

/** What Git LFS leaves in the place of a file is shorter. */
const MOST_POINTER_BYTES = 1024;

/** Files of weights at the most; of 4 MB each, as the converter makes them, they are more than any backend holds. */
const MOST_FILES = 2 ** 12;

/**
 * Reads the weights that a `model.json` names.
 *
 * @param name That of the `model.json`.
 * @throws Error naming the file that is missing, of the wrong size or outside of the folder.
 */
export async function readArtifacts(
  files: ModelFiles,
  name: string,
  json: ModelJson,
  meter: Meter,
): Promise<io.ModelArtifacts> {
  const { weightsManifest } = json;
  const paths = weightsManifest.flatMap(({ paths }) => paths);
  if (paths.length > MOST_FILES) {
    throw new Error(
      `${files.argument}: expected at most ${MOST_FILES} files of weights, got ${files.describe(name)}, which names ${paths.length}`,
    );
  }
  for (const path of paths) {
    if (!leavesFolder(path)) continue;
    throw new Error(
      `${files.argument}: expected weights in the folder of ${files.describe(name)}, got ${describeValue(path)}`,
    );
  }
  const sizes = weightsManifest.map(({ weights }) =>
    weights.reduce((sum, spec) => sum + countBytes(spec), 0),
  );
  meter.announce(sizes.reduce((sum, size) => sum + size, 0));
  const parts: Uint8Array[] = [];
  for (const [index, group] of weightsManifest.entries()) {
    parts.push(...(await readGroup(files, name, group, sizes[index]!)));
  }
  const specs = weightsManifest.flatMap(({ weights }) => weights);
  return io.getModelArtifactsForJSONSync(json, specs, join(parts));
}

/** One block, not a list: tfjs 4.22 reads zeros out of a list whose last block is larger than the others. */
function join(parts: readonly Uint8Array[]): ArrayBuffer {
  const [first] = parts;
  if (first && parts.length === 1 && first.byteLength === first.buffer.byteLength) {
    return first.buffer as ArrayBuffer;
  }
  const block = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    block.set(part, at);
    at += part.length;
  }
  return block.buffer;
}

async function readGroup(
  files: ModelFiles,
  model: string,
  { paths }: WeightGroup,
  expected: number,
): Promise<Uint8Array[]> {
  const { argument } = files;
  const beside = `beside ${files.describe(model)}`;
  const names = paths.map((path) => files.locate(model, path));
  const refuse = (path: string) => (cause: unknown) => {
    if (!(cause instanceof UnreadableFile)) throw cause;
    throw new Error(
      `${argument}: expected the weights ${describeValue(path)} ${beside}, got none that can be read (${cause.message})`,
      { cause },
    );
  };
  const requireSize = async (sizes: readonly (number | undefined)[]) => {
    if (sizes.includes(undefined)) return;
    const got = sizes.reduce<number>((sum, size) => sum + size!, 0);
    if (got === expected) return;
    const head =
      sizes[0]! < MOST_POINTER_BYTES ? await files.readHead(names[0]!).catch(() => undefined) : undefined;
    if (head && isLfsPointer(head)) {
      throw new Error(
        `${argument}: expected the weights ${describeValue(paths[0])} ${beside}, got a pointer of Git LFS to a file that is not here; fetch it with: git lfs pull`,
      );
    }
    const list =
      paths.length > 2
        ? listNearest(paths, undefined, undefined, 120)
        : paths.map((path) => quote(path)).join(' and ');
    throw new Error(
      `${argument}: expected ${expected} bytes in ${paths.length > 0 ? list : 'no file of weights'} ${beside}, got ${got} bytes`,
    );
  };
  // Before anything is read: a file may be of any length.
  const sizes = names.map((name, index) => files.sizeOf(name).catch(refuse(paths[index]!)));
  await requireSize(await Promise.all(sizes));
  const parts = await Promise.all(
    names.map((name, index) => files.read(name, true).catch(refuse(paths[index]!))),
  );
  await requireSize(parts.map(({ length }) => length));
  return parts;
}
