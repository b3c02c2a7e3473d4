import { isKerasObject, isRecord, type KerasConfig, type KerasObject } from './KerasConfig';

type Arithmetic = 'add' | 'subtract' | 'multiply' | 'divide';

/** What Keras 3 calls it, as a class of `keras.ops`, and what Keras 2 calls it, as a function of TensorFlow. */
const ARITHMETIC: Readonly<Record<string, Arithmetic>> = {
  Add: 'add',
  Subtract: 'subtract',
  Multiply: 'multiply',
  Divide: 'divide',
  TrueDivide: 'divide',
  'math.add': 'add',
  '__operators__.add': 'add',
  'math.subtract': 'subtract',
  'math.multiply': 'multiply',
  'math.divide': 'divide',
  'math.truediv': 'divide',
};

/**
 * Writes x / 127.5, x - 1 and the like, which Keras makes layers of where a model computes them, as a `Rescaling`: so
 * do the `preprocess_input` of Keras's networks begin.
 *
 * @returns The layer as it is if it is none of these.
 */
export function convertOperation(layer: KerasObject): KerasObject {
  const { class_name: className, module, config, inbound_nodes: nodes } = layer;
  const isOperation = typeof module === 'string' && /^keras\.(src\.)?ops/.test(module);
  const isFunction = className === 'TFOpLambda';
  const operation = ARITHMETIC[isOperation ? className : isFunction ? String(config.function) : ''];
  const [node, ...others] = Array.isArray(nodes) ? (nodes as unknown[]) : [];
  if (!operation || others.length > 0) return layer;
  const operands = isOperation ? readCall(node) : readOptions(node);
  const rescaling = operands && rescale(operation, operands);
  if (!rescaling) return layer;
  const { name = layer.name, dtype = 'float32', trainable = true } = config;
  return {
    class_name: 'Rescaling',
    ...(layer.name !== undefined && { name: layer.name }),
    config: { name, dtype, trainable, ...rescaling },
    inbound_nodes: [
      isOperation
        ? { args: operands.filter(isKerasObject), kwargs: {} }
        : [[...firstTensor(node).slice(0, 3), {}]],
    ],
  };
}

/** What Keras 3 calls it with: tensors are objects. */
function readCall(node: unknown): readonly unknown[] | undefined {
  if (!isRecord(node) || !Array.isArray(node.args)) return undefined;
  return Object.keys(isRecord(node.kwargs) ? node.kwargs : {}).length === 0 ? node.args : undefined;
}

/** What Keras 2 calls it with: the first tensor, `[layer, use, output, { y, name }]`, and what is called y. */
function readOptions(node: unknown): readonly unknown[] | undefined {
  const tensor = firstTensor(node);
  const options = tensor[3];
  return isRecord(options) ? [tensor, options.y] : undefined;
}

/** A function has its one tensor by itself, a layer in a list. */
function firstTensor(node: unknown): readonly unknown[] {
  if (!Array.isArray(node)) return [];
  return Array.isArray(node[0]) ? node[0] : node;
}

/** What becomes of a tensor and a number; `undefined` of anything else. */
function rescale(
  operation: Arithmetic,
  [left, right, ...others]: readonly unknown[],
): KerasConfig | undefined {
  if (others.length > 0) return undefined;
  if (typeof right === 'number' && typeof left === 'object') {
    switch (operation) {
      case 'add':
        return { scale: 1, offset: right };
      case 'subtract':
        return { scale: 1, offset: -right };
      case 'multiply':
        return { scale: right, offset: 0 };
      case 'divide':
        return { scale: 1 / right, offset: 0 };
    }
  }
  if (typeof left !== 'number' || typeof right !== 'object') return undefined;
  if (operation === 'add') return { scale: 1, offset: left };
  if (operation === 'subtract') return { scale: -1, offset: left };
  return operation === 'multiply' ? { scale: left, offset: 0 } : undefined;
}
