import { backend_util, type TensorInfo, util } from '@tensorflow/tfjs-core';
import type { KernelCall } from '../wasmBackend';
import type { Correction } from './Correction';
import { composeKernels, type Workbench } from './composeKernels';

type Call = KernelCall<Readonly<Record<string, TensorInfo>>, { readonly equation: string }>;

/** A tensor whose axes have labels: numbers, those of the output first. */
interface Labelled {
  readonly info: TensorInfo;
  readonly labels: readonly number[];
}

/**
 * Einstein's summation over one tensor or two, as in `'ij,jk->ik'`.
 *
 * The backend has no such kernel. Here labels that only one tensor has and the output has not are summed, and two tensors
 * are multiplied as stacks of matrices. What tfjs's own kernels refuse is refused: more tensors, a label twice in one of
 * them, an ellipsis.
 */
export const einsum: Correction = { kernelName: 'Einsum', isMissing: true, correct: () => computeEinsum };

function computeEinsum({ backend, inputs, attrs }: Call): TensorInfo {
  const tensors = Object.values(inputs);
  const { allDims, summedDims, idDims } = backend_util.decodeEinsumEquation(attrs.equation, tensors.length);
  backend_util.checkEinsumDimSizes(allDims.length, idDims, tensors as never);
  const kept = allDims.length - summedDims.length;
  const sizes: number[] = [];
  const given = tensors.map((info, index): Labelled => {
    const labels = idDims[index]!;
    for (const [axis, label] of labels.entries()) sizes[label] = info.shape[axis]!;
    return { info, labels };
  });
  return composeKernels(backend, (workbench) => {
    const summed = given.map((tensor, index) => {
      const others = given[1 - index]?.labels ?? [];
      return sumLabels(workbench, tensor, (label) => label < kept || others.includes(label));
    });
    const [left, right] = summed as [Labelled, Labelled | undefined];
    const { info, labels } = right ? multiply(workbench, left, right, kept, sizes) : left;
    const order = [...labels].sort((one, other) => one - other);
    const sorted = arrange(workbench, { info, labels }, order);
    // One that is given in must not be what is put out.
    return workbench.run('Reshape', { x: sorted }, { shape: order.map((label) => sizes[label]!) });
  });
}

function sumLabels({ run }: Workbench, tensor: Labelled, isKept: (label: number) => boolean): Labelled {
  const { info, labels } = tensor;
  const axis = labels.flatMap((label, index) => (isKept(label) ? [] : [index]));
  if (axis.length === 0) return tensor;
  return { info: run('Sum', { x: info }, { axis, keepDims: false }), labels: labels.filter(isKept) };
}

function multiply(
  workbench: Workbench,
  left: Labelled,
  right: Labelled,
  kept: number,
  sizes: readonly number[],
): Labelled {
  const shared = left.labels.filter((label) => right.labels.includes(label));
  const stacked = shared.filter((label) => label < kept);
  const summed = shared.filter((label) => label >= kept);
  const rows = left.labels.filter((label) => !shared.includes(label));
  const columns = right.labels.filter((label) => !shared.includes(label));
  const size = (labels: readonly number[]) => util.sizeFromShape(labels.map((label) => sizes[label]!));
  const a = arrange(workbench, left, [...stacked, ...rows, ...summed]);
  const b = arrange(workbench, right, [...stacked, ...summed, ...columns]);
  const product = workbench.run(
    'BatchMatMul',
    {
      a: { ...a, shape: [size(stacked), size(rows), size(summed)] },
      b: { ...b, shape: [size(stacked), size(summed), size(columns)] },
    },
    { transposeA: false, transposeB: false },
  );
  const labels = [...stacked, ...rows, ...columns];
  return { info: { ...product, shape: labels.map((label) => sizes[label]!) }, labels };
}

function arrange({ run }: Workbench, { info, labels }: Labelled, order: readonly number[]): TensorInfo {
  const perm = order.map((label) => labels.indexOf(label));
  return perm.every((from, to) => from === to) ? info : run('Transpose', { x: info }, { perm });
}
