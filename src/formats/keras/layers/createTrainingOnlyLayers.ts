import type { Tensor } from '@tensorflow/tfjs-core';
import { KerasLayer, onlyTensor } from './KerasLayer';
import type { OwnLayerClass } from './OwnLayerClass';

/** Layers of Keras that TensorFlow.js lacks, and that put out what they get once a model is trained. They have no weights. */
const NAMES = [
  'ActivityRegularization',
  'SpatialDropout2D',
  'SpatialDropout3D',
  'AugMix',
  'CutMix',
  'MixUp',
  'RandAugment',
  'RandomBrightness',
  'RandomColorDegeneration',
  'RandomColorJitter',
  'RandomContrast',
  'RandomElasticTransform',
  'RandomErasing',
  'RandomFlip',
  'RandomGaussianBlur',
  'RandomGrayscale',
  'RandomHeight',
  'RandomHue',
  'RandomInvert',
  'RandomPerspective',
  'RandomPosterization',
  'RandomRotation',
  'RandomSaturation',
  'RandomSharpness',
  'RandomShear',
  'RandomTranslation',
  'RandomZoom',
];

function createClass(name: string) {
  return class extends KerasLayer {
    static readonly className = `Keras${name}`;

    override call(inputs: Tensor | Tensor[]): Tensor {
      return onlyTensor(inputs);
    }
  };
}

/** Makes their classes. */
export function createTrainingOnlyLayers(): OwnLayerClass[] {
  return [
    ...NAMES.map(createClass),
    // TensorFlow.js has one that works always, as which it would read this one's files by that name.
    class extends createClass('RandomWidth') {
      override getClassName(): string {
        return 'KerasRandomWidth';
      }
    },
  ];
}
