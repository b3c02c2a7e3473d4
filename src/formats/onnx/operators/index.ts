import { activationOperators } from './activations';
import { blockOperators } from './blocks';
import { convolutionOperators } from './convolution';
import { creationOperators } from './creation';
import { einsumOperators } from './einsum';
import { elementwiseOperators } from './elementwise';
import { gatheringOperators } from './gathering';
import { matrixOperators } from './matrix';
import { normalizationOperators } from './normalization';
import type { Operators } from './Operator';
import { paddingOperators } from './padding';
import { poolingOperators } from './pooling';
import { quantizeOperators } from './quantize';
import { reduceOperators } from './reduce';
import { resizeOperators } from './resize';
import { shapeOperators } from './shape';
import { slicingOperators } from './slicing';

/** All operators that are converted, a file a family; `Constant` is none of them, being a value. */
export const OPERATORS: Operators = {
  ...convolutionOperators,
  ...poolingOperators,
  ...normalizationOperators,
  ...elementwiseOperators,
  ...activationOperators,
  ...matrixOperators,
  ...shapeOperators,
  ...slicingOperators,
  ...gatheringOperators,
  ...blockOperators,
  ...paddingOperators,
  ...creationOperators,
  ...einsumOperators,
  ...quantizeOperators,
  ...reduceOperators,
  ...resizeOperators,
};
