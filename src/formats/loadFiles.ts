import type { OpenedModel } from '../model/OpenedModel';
import { buildModel } from './buildModel';
import { createMeter, type Meter } from './files/createMeter';
import type { ModelFiles } from './files/ModelFiles';
import { LARGEST_MODEL, type OpenModelOptions } from './OpenModelOptions';
import { openFiles } from './openFiles';
import type { ModelKind } from './tfjs/ModelContent';

/**
 * Opens the model that is among some files.
 *
 * @param argument What the caller's argument is called, for messages.
 * @param list Lists the files, which are read by the meter that it is given.
 * @param wanted What the model must be of; either if absent.
 * @throws What {@link openFiles} and {@link buildModel} throw. What is being read then is given up.
 */
export async function loadFiles(
  argument: string,
  list: (meter: Meter) => ModelFiles | Promise<ModelFiles>,
  options: OpenModelOptions,
  wanted?: ModelKind,
): Promise<OpenedModel> {
  const { signal, onProgress, classNames, maxBytes = LARGEST_MODEL } = options;
  signal?.throwIfAborted();
  const stop = new AbortController();
  const onAbort = () => stop.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort);
  try {
    const meter = createMeter({ argument, maxBytes, signal: stop.signal, onProgress });
    const read = await openFiles(await list(meter), meter, wanted);
    return await buildModel(read, { classNames, signal });
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
