import type { Meter } from '../files/createMeter';
import type { ModelFiles } from '../files/ModelFiles';
import { readJsonText } from '../files/readJsonText';
import type { ModelContent, ModelKind } from './ModelContent';
import { kindOf, parseModelJson } from './parseModelJson';
import { readArtifacts } from './readArtifacts';

/**
 * Reads a `model.json` and the files of weights that it names.
 *
 * @param wanted The kind of model that it must be; either if absent.
 * @throws Error naming what is wrong with which file.
 */
export async function readModelJson(
  files: ModelFiles,
  name: string,
  meter: Meter,
  wanted?: ModelKind,
): Promise<ModelContent> {
  const origin = { argument: files.argument, place: files.describe(name) };
  const readText = async () => await readJsonText(files, name);
  for (let text = await readText(); ; ) {
    try {
      const json = parseModelJson(origin, text, wanted);
      const artifacts = await readArtifacts(files, name, json, meter);
      return { ...origin, artifacts, kind: kindOf(artifacts) };
    } catch (error) {
      if (!files.isOpen) throw error;
      // A save that has ended meanwhile took the weights of the old model.json away: read the new one.
      const present = await readText();
      if (present === text) throw error;
      text = present;
    }
  }
}
