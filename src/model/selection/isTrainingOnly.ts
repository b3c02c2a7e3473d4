/** Layers that work while a model is trained, and put out what they get once it is. */
const TRAINING_ONLY =
  /^((Keras)?Random\w+|(Alpha|Gaussian)?Dropout|SpatialDropout[123]D|GaussianNoise|ActivityRegularization|AugMix|CutMix|MixUp|RandAugment)$/;

/** Whether layers of a class put out what they get once a model is trained. */
export function isTrainingOnly(className: string): boolean {
  // That of TensorFlow.js works always; that of Keras has another name here.
  return TRAINING_ONLY.test(className) && className !== 'RandomWidth';
}
