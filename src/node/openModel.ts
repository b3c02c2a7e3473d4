import { describeValue } from '../common/errors';
import { loadFiles } from '../formats/loadFiles';
import type { ModelSource } from '../formats/ModelSource';
import { type OpenModelOptions, requireOpenOptions } from '../formats/OpenModelOptions';
import { openModel as openSource } from '../formats/openModel';
import type { OpenedModel } from '../model/OpenedModel';
import { filesOfPath } from './filesOfPath';

/**
 * Opens a model as `openModel` of `layerscope/open` does, and from the disk too.
 *
 * @param source The path, or the `file:` URL, of a file or of the folder that it is in; or whatever `openModel` of `layerscope/open`
 * takes: files, bytes, bytes by name, an address by http or https.
 * @returns What the caller disposes.
 * @throws TypeError (the promise is rejected) if `source` is no source or an option is of the wrong kind; Error naming the file and what
 * is wrong with it, and what to do; RangeError if it is more than `maxBytes`; the signal's reason if it is aborted. No tensor is left then.
 */
export async function openModel(
  source: ModelSource | string,
  options: OpenModelOptions = {},
): Promise<OpenedModel> {
  const isPlace = typeof source === 'string' || source instanceof URL;
  if (!isPlace || /^https?:/i.test(String(source))) return await openSource(source, options);
  requireOpenOptions(options);
  if (source === '')
    throw new TypeError(`source: expected a path or an address, got ${describeValue(source)}`);
  return await loadFiles('source', (meter) => filesOfPath('source', source, meter), options);
}
