import { installFusedDilations } from './installFusedDilations';
import { registerBroadcastGradients } from './registerBroadcastGradients';
import { registerConv3dGradients } from './registerConv3dGradients';
import { registerCropAndResizeGradient } from './registerCropAndResizeGradient';
import { registerCumsumGradient } from './registerCumsumGradient';
import { registerDepthToSpaceGradient } from './registerDepthToSpaceGradient';
import { registerDilatedConvolutions } from './registerDilatedConvolutions';
import { registerEinsumGradient } from './registerEinsumGradient';
import { registerGatherGradients } from './registerGatherGradients';
import { registerMirrorPadGradient } from './registerMirrorPadGradient';
import { registerReluGradient } from './registerReluGradient';
import { registerStridedSliceGradient } from './registerStridedSliceGradient';

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
