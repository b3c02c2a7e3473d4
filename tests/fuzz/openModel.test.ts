import { engine, memory } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useWasmBackend } from '../../src/backend/useWasmBackend';
import { openModel } from '../../src/formats/openModel';
import {
  buildClassifier,
  buildTeachable,
  encodeJson,
  METADATA,
  readFixture,
  saveFiles,
  zip,
} from '../formats/modelSources';
import { createChooser, mutateBytes } from './mutate';

/** Milliseconds that no damaged file takes: a hundred times what the slowest whole one does. */
const LONG = 5000;

let files: Record<string, Uint8Array>;

beforeAll(async () => {
  await useWasmBackend();
  const teachable = buildTeachable();
  const classifier = buildClassifier();
  const nested = JSON.parse(new TextDecoder().decode(readFixture('keras/files/nested.json')));
  const archive = {
    'metadata.json': encodeJson({ keras_version: '3.10.0' }),
    'config.json': encodeJson(nested.configs.keras3),
    'model.weights.h5': readFixture('keras/files/nested.keras3.weights.h5'),
  };
  files = {
    '.keras': zip(archive, false),
    '.keras, packed': zip(archive),
    '.h5': readFixture('keras/files/images.keras2.h5'),
    '.h5, packed': readFixture('keras/files/images.gzip.h5'),
    '.onnx': readFixture('onnx/audio.onnx'),
    'Teachable Machine': zip({ ...(await saveFiles(teachable)), 'metadata.json': encodeJson(METADATA) }),
    'model.json': zip(await saveFiles(classifier), false),
  };
  teachable.dispose();
  classifier.dispose();
});

const present = () => ({
  tensors: memory().numTensors,
  variables: Object.keys(engine().state.registeredVariables).length,
  scopes: engine().state.scopeStack.length,
});

describe('a damaged file', () => {
  it.each(['.keras', '.keras, packed', '.h5', '.h5, packed', '.onnx', 'Teachable Machine', 'model.json'])(
    'is opened or refused in a few words, and leaves nothing: %s',
    async (name) => {
      const whole = await openModel(files[name]!);
      whole.dispose();
      const before = present();
      const chooser = createChooser(name.length);
      let refused = 0;
      for (let round = 0; round < 150; round++) {
        // The beginning, where most headers are, above all.
        const places = Array.from({ length: 512 }, (_, at) => at);
        const bytes = mutateBytes(files[name]!, chooser, places);
        const start = performance.now();
        try {
          (await openModel(bytes)).dispose();
        } catch (error) {
          refused++;
          expect(error).toBeInstanceOf(Error);
          const { message } = error as Error;
          expect(message).toMatch(/^(source: |layerscope: )/);
          expect(message.length).toBeLessThanOrEqual(400);
          // What JavaScript itself says of a slip.
          expect(message).not.toMatch(
            /undefined|null \(|is not a function|is not iterable|Invalid (array|typed)|out of bounds/,
          );
        }
        expect(performance.now() - start).toBeLessThan(LONG);
        expect(present()).toEqual(before);
      }
      expect(refused).toBeGreaterThan(20);
    },
    60_000,
  );
});
