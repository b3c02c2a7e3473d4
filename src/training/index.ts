export { type EvaluateClassifierOptions, type Evaluation, evaluateClassifier } from './evaluateClassifier';
export {
  type RegisterTrainingKernelsOptions,
  registerTrainingKernels,
  type TrainingPath,
  trainingPath,
} from './registerTrainingKernels';
export {
  type EpochResult,
  type TrainArticleCnnOptions,
  type TrainedCnn,
  trainArticleCnn,
} from './trainArticleCnn';
export type { BatchResult } from './trainEpoch';
