import { parseColor } from '../common/parseColor';
import { requireMaxPixels } from './files/imageLimits';
import { type ImageOptions, requireResize } from './imageToTensor';
import { readSteps } from './preprocessImages';

/**
 * Checks the options of an image before there is one, as far as they do not depend on the network.
 *
 * @throws TypeError or RangeError naming the option that is wrong.
 */
export function requireImageOptions({ resize, imageBackground, preprocess, maxPixels }: ImageOptions): void {
  if (resize !== undefined) requireResize(resize);
  if (imageBackground !== undefined) parseColor('imageBackground', imageBackground);
  if (preprocess !== undefined) readSteps(preprocess);
  requireMaxPixels(maxPixels);
}
