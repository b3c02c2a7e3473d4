import type { Preprocess } from '../image/Preprocess';
import type { ActivationModel } from './selection/ActivationModel';

/** Has an activation model want of pictures what whoever opened its model knows of it; as it is where nothing is known. */
export function givePreprocess<Made extends ActivationModel>(
  made: Made,
  preprocess: Preprocess | undefined,
): Made {
  if (preprocess === undefined) return made;
  return { ...made, preprocess, inputPreprocess: made.inputShapes.map(() => preprocess) };
}
