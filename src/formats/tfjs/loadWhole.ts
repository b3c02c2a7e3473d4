import { engine, type Tensor } from '@tensorflow/tfjs-core';
import { nextTask } from '../../common/nextTask';

/**
 * Runs a loader of TensorFlow.js such that one that fails leaves no tensor.
 *
 * The loaders wait for what they are given and then build a model in one go, of tensors that nobody can dispose if that fails
 * half-way. They are started in a task of their own: the first step behind what they wait for comes right after it, before
 * anything else that goes on in the process, so that all tensors which are made until then are theirs.
 *
 * @param load Waits for one promise, which has been resolved, and then builds the model in one go.
 */
export async function loadWhole<Model>(load: () => Promise<Model>): Promise<Model> {
  const made: Tensor[] = [];
  await nextTask();
  const { state } = engine();
  const before = new Set(Object.values(state.registeredVariables));
  engine().startScope('loadWhole');
  const scope = state.activeScope;
  const loading = load();
  // Its failure is looked at below, once its tensors are known.
  loading.catch(() => undefined);
  await Promise.resolve();
  made.push(...scope.track);
  made.push(...Object.values(state.registeredVariables).filter((variable) => !before.has(variable)));
  // A model is kept as a whole, and one that has failed is disposed below.
  engine().endScope(scope.track);
  try {
    return await loading;
  } catch (error) {
    for (const tensor of made) if (!tensor.isDisposed) tensor.dispose();
    throw error;
  }
}
