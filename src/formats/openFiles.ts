import type { ModelFormat } from '../model/OpenedModel';
import type { Meter } from './files/createMeter';
import { filesOfBytes } from './files/filesOfBytes';
import { type FoundModel, findModel } from './files/findModel';
import type { ModelFiles } from './files/ModelFiles';
import { readFile } from './files/readFile';
import { readOptional } from './files/readOptional';
import { refuseModel } from './files/refuseModel';
import type { KerasArtifacts } from './keras/createKerasArtifacts';
import { readKerasArchive } from './keras/readKerasArchive';
import { readKerasHdf5 } from './keras/readKerasHdf5';
import { hasTeachableMachineLayers } from './teachableMachine/hasTeachableMachineLayers';
import { type Labels, parseLabels } from './teachableMachine/parseLabels';
import { parseMetadata } from './teachableMachine/parseMetadata';
import type { ModelContent, ModelKind } from './tfjs/ModelContent';
import { readModelJson } from './tfjs/readModelJson';

/** A model that has been read, and is yet to be built. */
export interface ReadModel extends ModelContent {
  readonly format: ModelFormat;
  readonly classNames?: readonly string[] | undefined;
  /** Names of `labels.txt`, which may be those of another model. */
  readonly labels?: Labels | undefined;
  /** Whether it is one of Teachable Machine's that take pictures. */
  readonly wantsSigned?: boolean;
}

/** Archives inside of archives that are opened. */
const DEEPEST = 2;

/**
 * Reads the model that is among some files.
 *
 * @param wanted What it must be of; either if absent.
 * @throws Error naming the file and what is wrong with it.
 */
export async function openFiles(
  files: ModelFiles,
  meter: Meter,
  wanted?: ModelKind,
  depth = 0,
): Promise<ReadModel> {
  const found = await findModel(files);
  switch (found.kind) {
    case 'json':
      return await openJson(files, found, meter, wanted);
    case 'hdf5':
    case 'keras':
      return await openKeras(files, found, wanted);
    case 'onnx':
      return await openOnnx(files, found, wanted);
    case 'zip': {
      const inside = await unzip(files, found, meter, depth);
      const read = await openFiles(inside, meter, wanted, depth + 1);
      return { ...read, labels: read.labels ?? (await readLabels(files, found)) };
    }
  }
}

async function openJson(
  files: ModelFiles,
  found: FoundModel,
  meter: Meter,
  wanted: ModelKind | undefined,
): Promise<ReadModel> {
  const { name } = found;
  const content = await readModelJson(files, name, meter, wanted);
  if (content.kind === 'graph') {
    return { ...content, format: 'tfjs-graph', labels: await readLabels(files, found) };
  }
  const text = await readOptional(files, name, 'metadata.json');
  const metadata = text === undefined ? undefined : parseMetadata(text);
  const hasItsLayers = hasTeachableMachineLayers(content.artifacts.modelTopology);
  return {
    ...content,
    format: metadata || hasItsLayers ? 'teachable-machine' : 'tfjs-layers',
    classNames: metadata?.classNames,
    ...(metadata?.classNames ? {} : { labels: await readLabels(files, found) }),
    wantsSigned: metadata ? metadata.takesPictures : hasItsLayers,
  };
}

async function openKeras(
  files: ModelFiles,
  found: FoundModel,
  wanted: ModelKind | undefined,
): Promise<ReadModel> {
  const { name, kind } = found;
  const place = kind === 'keras' ? files.place : files.describe(name);
  const origin = { argument: files.argument, place };
  if (wanted === 'graph') refuseKind(origin, 'a graph model', 'a layers model; loadModel loads it');
  const bytes = await readFile(files, name, 'a model');
  const config = await readConfig(files, found);
  let read: KerasArtifacts;
  try {
    read =
      kind === 'keras' && config !== undefined
        ? await readKerasArchive({ config, weights: bytes, ...(await readVersion(files, found)) })
        : await readKerasHdf5(bytes, config);
  } catch (cause) {
    return refuseModel(origin.argument, place, cause);
  }
  const { weights, ...artifacts } = read;
  const labels = await readLabels(files, found);
  const isItsFile = /(^|\/)keras_model\.h5$/.test(name) && labels?.isNumbered === true;
  const isItsModel = isItsFile || hasTeachableMachineLayers(artifacts.modelTopology);
  const format = kind === 'keras' ? 'keras' : 'hdf5';
  return {
    ...origin,
    artifacts,
    weights,
    kind: 'layers',
    format: isItsModel ? 'teachable-machine' : format,
    labels,
    wantsSigned: isItsModel,
  };
}

/** The config that lies beside weights; beside one file of which nothing else is known, it is looked for by its usual name. */
async function readConfig(files: ModelFiles, { name, config }: FoundModel): Promise<Uint8Array | undefined> {
  if (config !== undefined) return await readFile(files, config, 'the config of a model');
  const text =
    files.isOpen && /weights/i.test(name) ? await readOptional(files, name, 'config.json') : undefined;
  return text === undefined ? undefined : new TextEncoder().encode(text);
}

async function readVersion(files: ModelFiles, { name }: FoundModel): Promise<{ metadata?: Uint8Array }> {
  const text = await readOptional(files, name, 'metadata.json');
  return text === undefined ? {} : { metadata: new TextEncoder().encode(text) };
}

async function openOnnx(
  files: ModelFiles,
  found: FoundModel,
  wanted: ModelKind | undefined,
): Promise<ReadModel> {
  const { name } = found;
  const origin = { argument: files.argument, place: files.describe(name) };
  if (wanted === 'layers') refuseKind(origin, 'a layers model', 'a graph model; loadGraphModel loads it');
  const bytes = await readFile(files, name, 'a model');
  const { readOnnxFile } = await import('./onnx/readOnnxFile');
  const readBeside = async (path: string) =>
    await readFile(files, files.locate(name, path), 'the weights of a model');
  const failed: unknown[] = [];
  const file = await readOnnxFile(bytes, (path) =>
    readBeside(path).catch((error: unknown) => {
      failed.push(error);
      throw error;
    }),
  ).catch((cause: unknown) => {
    // What says already which file it is of.
    if (failed.includes(cause)) throw cause;
    const reason = cause instanceof Error ? cause.message.replace(/^bytes: /, '') : cause;
    return refuseModel(origin.argument, origin.place, new Error(String(reason), { cause }));
  });
  const { classNames, ...converted } = file;
  const labels = classNames ? undefined : await readLabels(files, found);
  return { ...origin, ...converted, kind: 'graph', format: 'onnx', classNames, labels };
}

function refuseKind(origin: Pick<ModelContent, 'argument' | 'place'>, expected: string, got: string): never {
  throw new Error(`${origin.argument}: expected ${expected}, got ${origin.place}, which is ${got}`);
}

async function unzip(
  files: ModelFiles,
  { name }: FoundModel,
  meter: Meter,
  depth: number,
): Promise<ModelFiles> {
  const [argument, place] = [files.argument, files.describe(name)];
  if (depth >= DEEPEST) {
    throw new Error(`${argument}: expected a model, got ${place}, an archive inside of others`);
  }
  const bytes = await readFile(files, name, 'a ZIP archive');
  const { openZip } = await import('../common/zip/openZip');
  try {
    const inside = openZip(bytes).map(
      ({ name: path, size, isPacked, unpack }) => [path, { size, isPacked, read: unpack }] as const,
    );
    return filesOfBytes(new Map(inside), { argument, place, isInside: true }, meter);
  } catch (cause) {
    throw new Error(
      `${argument}: expected a ZIP archive, got ${place}, which cannot be unpacked: ${(cause as Error).message}`,
      { cause },
    );
  }
}

async function readLabels(
  files: ModelFiles,
  { name }: Pick<FoundModel, 'name'>,
): Promise<Labels | undefined> {
  const text = await readOptional(files, name, 'labels.txt');
  return text === undefined ? undefined : parseLabels(text);
}
