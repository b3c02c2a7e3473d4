import { ensureBackend } from '../backend/ensureBackend';
import { isGraphModel } from '../model/graph/GraphModelLike';
import { listUses } from '../model/layers/listUses';
import { readInputs } from '../model/layers/readInputs';
import type { OpenedModel } from '../model/OpenedModel';
import type { ReadModel } from './openFiles';
import { buildGraphModel } from './tfjs/buildGraphModel';
import { buildLayersModel } from './tfjs/buildLayersModel';
import { disposeModel } from './tfjs/disposeModel';

/** What an opened model is built with. */
interface BuildOptions {
  readonly classNames: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Builds the model that has been read. Sets up the WASM SIMD backend unless the app has set one.
 *
 * @returns What the caller disposes.
 * @throws Error naming the file if TensorFlow.js can make no model of it; RangeError if there are not as many names as classes;
 * the signal's reason if it is aborted. No tensor is left then.
 */
export async function buildModel(
  read: ReadModel,
  { classNames, signal }: BuildOptions,
): Promise<OpenedModel> {
  await ensureBackend();
  signal?.throwIfAborted();
  const model = await (read.kind === 'graph' ? buildGraphModel(read) : buildLayersModel(read));
  try {
    signal?.throwIfAborted();
    const outputs = model.outputs[0]?.shape?.at(-1);
    const classes = typeof outputs === 'number' && outputs > 0 ? outputs : undefined;
    if (classNames && classes !== undefined && classNames.length !== classes) {
      throw new RangeError(
        `classNames: expected ${classes} names, one for each output, got ${classNames.length}`,
      );
    }
    // Those of another number are of another model.
    const labels = read.labels?.names.length === classes ? read.labels?.names : undefined;
    const names = classNames ?? read.classNames ?? labels;
    let isDisposed = false;
    return {
      model,
      format: read.format,
      ...(names && { classNames: [...names] }),
      ...(read.wantsSigned && takesUnit(model) && { preprocess: 'tf' as const }),
      get isDisposed() {
        return isDisposed;
      },
      dispose() {
        if (isDisposed) return;
        isDisposed = true;
        disposeModel(model);
      },
    };
  } catch (error) {
    disposeModel(model);
    throw error;
  }
}

/** Whether a layers model takes one picture, and does nothing itself to bring its bytes into a range. */
function takesUnit(model: OpenedModel['model']): boolean {
  if (isGraphModel(model)) return false;
  const [input, ...others] = readInputs(model, listUses(model));
  return others.length === 0 && input?.shape.length === 4 && input.preprocess === 'unit';
}
