import { registerBroadcastGradients } from './broadcastGradients';
import { registerConv3dGradients } from './conv3dGradients';
import { registerCropAndResizeGradient } from './cropAndResizeGradient';
import { registerCumsumGradient } from './cumsumGradient';
import { registerDepthToSpaceGradient } from './depthToSpaceGradient';
import { registerDilatedConvolutions } from './dilatedConvolutions';
import { registerEinsumGradient } from './einsumGradient';
import { registerGatherGradients } from './gatherGradients';
import { installFusedDilations } from './installFusedDilations';
import { registerMirrorPadGradient } from './mirrorPadGradient';
import { registerReluGradient } from './reluGradient';
import { registerStridedSliceGradient } from './stridedSliceGradient';

/** Registers the gradients that tfjs has wrong, refuses or lacks. They apply on the WASM backend only. */
export function registerGradients(): void {
  registerReluGradient();
  registerDilatedConvolutions();
  installFusedDilations();
  registerConv3dGradients();
  registerMirrorPadGradient();
  registerBroadcastGradients();
  registerCumsumGradient();
  registerGatherGradients();
  registerStridedSliceGradient();
  registerDepthToSpaceGradient();
  registerEinsumGradient();
  registerCropAndResizeGradient();
}
