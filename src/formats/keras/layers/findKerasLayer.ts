import { createGlobalPoolings } from './createGlobalPoolings';
import { createTrainingOnlyLayers } from './createTrainingOnlyLayers';
import { KerasAdditiveAttention, KerasAttention } from './KerasAttention';
import { KerasConv1DTranspose, KerasDepthwiseConv1D, KerasSeparableConv1D } from './KerasConvolution1D';
import { KerasCropping1D, KerasCropping3D, KerasZeroPadding1D, KerasZeroPadding3D } from './KerasEdges';
import { KerasEinsumDense } from './KerasEinsumDense';
import { KerasELU } from './KerasELU';
import { KerasGroupNormalization } from './KerasGroupNormalization';
import { KerasMultiHeadAttention } from './KerasMultiHeadAttention';
import { KerasNormalization } from './KerasNormalization';
import { KerasReLU } from './KerasReLU';
import { KerasRMSNormalization } from './KerasRMSNormalization';
import { KerasSubtract } from './KerasSubtract';
import { KerasUnitNormalization } from './KerasUnitNormalization';
import { KerasUpSampling1D, KerasUpSampling3D } from './KerasUpSampling';
import type { OwnLayerClass } from './OwnLayerClass';

let classes: ReadonlyMap<string, OwnLayerClass> | undefined;

/** Finds the class of ours that does what a layer of Keras does which TensorFlow.js lacks, by its name in Keras. */
export function findKerasLayer(name: string): OwnLayerClass | undefined {
  classes ??= new Map(listClasses().map((each) => [each.className, each]));
  return classes.get(`Keras${name}`);
}

function listClasses(): OwnLayerClass[] {
  return [
    KerasAdditiveAttention,
    KerasAttention,
    KerasConv1DTranspose,
    KerasCropping1D,
    KerasCropping3D,
    KerasDepthwiseConv1D,
    KerasEinsumDense,
    KerasELU,
    KerasGroupNormalization,
    KerasMultiHeadAttention,
    KerasNormalization,
    KerasReLU,
    KerasRMSNormalization,
    KerasSeparableConv1D,
    KerasSubtract,
    KerasUnitNormalization,
    KerasUpSampling1D,
    KerasUpSampling3D,
    KerasZeroPadding1D,
    KerasZeroPadding3D,
    ...createGlobalPoolings(),
    ...createTrainingOnlyLayers(),
  ];
}
