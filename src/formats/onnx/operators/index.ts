import { activationOperators } from './activations';
import { convolutionOperators } from './convolution';
import { elementwiseOperators } from './elementwise';
import { matrixOperators } from './matrix';
import { normalizationOperators } from './normalization';
import type { Operators } from './Operator';
import { poolingOperators } from './pooling';
import { reduceOperators } from './reduce';
import { resizeOperators } from './resize';
import { shapeOperators } from './shape';

/** All operators that are converted, a file a family; `Constant` is none of them, being a value. */
export const OPERATORS: Operators = {
  ...convolutionOperators,
  ...poolingOperators,
  ...normalizationOperators,
  ...elementwiseOperators,
  ...activationOperators,
  ...matrixOperators,
  ...shapeOperators,
  ...reduceOperators,
  ...resizeOperators,
};
