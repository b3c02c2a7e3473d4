import type { GraphModel } from '@tensorflow/tfjs-converter';
import { io } from '@tensorflow/tfjs-core';
import { reasonOf } from '../common/files/reasonOf';
import type { ModelFiles } from './readModelFiles';
import { refuseModel } from './refuseModel';

/** Builds a graph model of what its files hold. */
export async function buildGraphModel({ file, artifacts }: ModelFiles): Promise<GraphModel> {
  const { loadGraphModel } = await import('@tensorflow/tfjs-converter').catch((cause: unknown) => {
    throw new Error(
      `layerscope: expected @tensorflow/tfjs-converter for a graph model, got none (${reasonOf(cause)}); npm install @tensorflow/tfjs-converter`,
      { cause },
    );
  });
  return await loadGraphModel(io.fromMemory(artifacts)).catch((cause: unknown) => refuseModel(file, cause));
}
