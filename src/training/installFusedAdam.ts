import {
  AdamOptimizer,
  engine,
  getBackend,
  type NamedTensorMap,
  scalar,
  type Tensor,
  tidy,
  util,
  type Variable,
} from '@tensorflow/tfjs-core';
import { pointerTo, sizeOf, type WasmBackend } from '../backend/wasmBackend';
import { binaryFor } from './trainingBinary';

type Gradients = Parameters<AdamOptimizer['applyGradients']>[0];

/** What tfjs's Adam holds; its types keep most of it private. */
interface AdamState {
  readonly learningRate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly accBeta1: Variable;
  readonly accBeta2: Variable;
  readonly accumulatedFirstMoment: { originalName: string; variable: Variable }[];
  readonly accumulatedSecondMoment: { originalName: string; variable: Variable }[];
}

const ORIGINAL = Symbol.for('layerscope.adam.applyGradients');

/**
 * Has tfjs's Adam make its step in one pass over each variable where the binary is in use, instead of some ten kernels.
 * Everywhere else, and until its moments are there, it does what it did.
 */
export function installFusedAdam(): void {
  const { prototype } = AdamOptimizer;
  if (ORIGINAL in prototype) return;
  const original = prototype.applyGradients;
  Object.defineProperty(prototype, ORIGINAL, { value: original });
  prototype.applyGradients = function applyGradients(this: AdamOptimizer, gradients: Gradients): void {
    if (!applyFused(this as unknown as AdamState, gradients)) {
      original.call(this, gradients);
      return;
    }
    (this as unknown as { incrementIterations(): void }).incrementIterations();
  };
}

/** @returns Whether the step has been made. */
function applyFused(adam: AdamState, gradients: Gradients): boolean {
  if (getBackend() !== 'wasm') return false;
  const backend = engine().backend as unknown as WasmBackend;
  const binary = binaryFor(backend);
  if (!binary) return false;
  const named = toNamed(gradients);
  if (!named.every(([name, gradient], index) => isOneShape(adam, index, name, gradient))) return false;

  const { learningRate, beta1, beta2, epsilon } = adam;
  // tfjs keeps the powers as float32, which makes 1 - 0.999 wrong in the fifth digit; the same network must come out.
  const [power1, power2] = [adam.accBeta1, adam.accBeta2].map((power) => power.dataSync()[0]!) as [
    number,
    number,
  ];
  const numbers = [beta1, 1 - beta1, beta2, 1 - beta2, 1 - power1, 1 - power2, learningRate, epsilon];
  for (const [index, [name, gradient]] of named.entries()) {
    if (!gradient) continue;
    const value = engine().registeredVariables[name]!;
    const variables = [
      value,
      adam.accumulatedFirstMoment[index]!.variable,
      adam.accumulatedSecondMoment[index]!.variable,
    ];
    // Always new tensors: XNNPACK keeps what it made of a filter under the number of its tensor.
    const outputs = variables.map(({ shape }) => backend.makeOutput(shape, 'float32'));
    const pointers = [...variables, gradient, ...outputs].map((info) => pointerTo(backend, info));
    binary.adam(...pointers, sizeOf(value.shape), ...numbers);
    variables.forEach((variable, at) => {
      const output = outputs[at]!;
      const tensor = engine().makeTensorFromDataId(output.dataId, output.shape, output.dtype);
      variable.assign(tensor);
      tensor.dispose();
    });
  }
  tidy(() => {
    adam.accBeta1.assign(scalar(power1 * Math.fround(beta1)));
    adam.accBeta2.assign(scalar(power2 * Math.fround(beta2)));
  });
  return true;
}

function toNamed(gradients: Gradients): [name: string, gradient: Tensor | null][] {
  if (Array.isArray(gradients)) return gradients.map(({ name, tensor }) => [name, tensor]);
  return Object.entries(gradients as NamedTensorMap);
}

/** Whether a variable, its moments and its gradient belong together; the stock step deals with those that do not. */
function isOneShape(adam: AdamState, index: number, name: string, gradient: Tensor | null): boolean {
  const value = engine().registeredVariables[name];
  const moments = [adam.accumulatedFirstMoment[index], adam.accumulatedSecondMoment[index]];
  return [...moments.map((moment) => moment?.variable), gradient ?? value].every(
    (other) =>
      value?.dtype === 'float32' && other?.dtype === 'float32' && util.arraysEqual(value.shape, other.shape),
  );
}
