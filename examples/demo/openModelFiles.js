// Opens a network of the reader's own, whatever file it is in.
import { openModel } from 'layerscope/open';

/**
 * @param {File[]} files in any order
 * @returns what `openModel` returns, which the caller disposes
 * @throws Error in words for the page
 */
export async function openModelFiles(files) {
  try {
    return await openModel(files);
  } catch (cause) {
    throw new Error(`This could not be opened: ${cause.message.replace(/^source: /, '')}`, { cause });
  }
}
