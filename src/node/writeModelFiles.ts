import { randomUUID } from 'node:crypto';
import { access, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { io } from '@tensorflow/tfjs-core';
import { clearOldDrafts } from '../common/files/clearOldDrafts';
import { makeFolder } from '../common/files/makeFolder';
import { quotePath } from '../common/files/quotePath';
import { reasonOf } from '../common/files/reasonOf';

const DRAFTS = /^\.model-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.json$/;
const WEIGHTS = /^weights-([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.bin$/;

/**
 * Writes `model.json` and the weights so that whoever reads the folder finds a pair that belongs together.
 *
 * The order is what that rests on: the new `model.json` under the name of a draft, the weights under a name that no other
 * save has, then the draft renamed. So weights without a draft are those of a save that has ended, one way or the other,
 * and are in use only if the present `model.json` names them. That holds between processes too, without a lock.
 *
 * @throws Error if the folder cannot be made; Error of the file system if a file cannot be written. What was written is
 * removed then.
 */
export async function writeModelFiles(folder: string, artifacts: io.ModelArtifacts): Promise<void> {
  const { weightData, weightSpecs = [], getWeightStream: _, ...json } = artifacts;
  const id = randomUUID();
  const paths = [`weights-${id}.bin`];
  const draft = draftOf(folder, id);
  const weights = join(folder, ...paths);

  await makeFolder(folder).catch((cause: unknown) => {
    const reason = reasonOf(cause);
    const got = reason === 'EEXIST' ? ', which is a file' : ` (${reason})`;
    throw new Error(`directory: expected a folder, got ${quotePath(folder)}${got}`, { cause });
  });
  try {
    const manifest = [{ paths, weights: weightSpecs }];
    await writeNew(draft, JSON.stringify({ ...json, weightsManifest: manifest }));
    await writeNew(weights, joinWeights(weightData));
    await rename(draft, join(folder, 'model.json'));
  } catch (error) {
    await rm(weights, { force: true });
    await rm(draft, { force: true });
    throw error;
  }
  // The model is saved. Weights that cannot be removed now, being read on Windows, say, are left to the next save.
  // A save that was killed has left a draft, and weights that are unused without it.
  await clearOldDrafts(folder, DRAFTS);
  await removeUnused(folder).catch(() => undefined);
}

/** tfjs hands out one buffer or many; version 4.0 has nothing that joins them. */
function joinWeights(data: io.WeightData = []): Uint8Array {
  return Buffer.concat([data].flat().map((buffer) => new Uint8Array(buffer)));
}

/** On the disk when the promise resolves: a rename may reach it before the bytes of what was renamed. */
function writeNew(path: string, data: Uint8Array | string): Promise<void> {
  return writeFile(path, data, { flag: 'wx', flush: true });
}

function draftOf(folder: string, id: string): string {
  return join(folder, `.model-${id}.json`);
}

/** Removes weights of saves that have ended and that `model.json`, read after they had, does not name. */
async function removeUnused(folder: string): Promise<void> {
  const ended: string[] = [];
  for (const name of await readdir(folder)) {
    const [, id] = WEIGHTS.exec(name) ?? [];
    if (id !== undefined && !(await exists(draftOf(folder, id)))) ended.push(name);
  }
  const json = await readFile(join(folder, 'model.json'), 'utf8');
  for (const name of ended.filter((name) => !json.includes(name))) {
    await rm(join(folder, name), { force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
