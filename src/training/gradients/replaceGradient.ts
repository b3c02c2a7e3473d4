import {
  type GradConfig,
  getBackend,
  getGradient,
  registerGradient,
  version_core,
} from '@tensorflow/tfjs-core';
import type { Gradient } from './gradientTypes';

/** The last version of tfjs whose gradients were found wrong; those of a later one are left alone. */
const LAST_WRONG = [4, 22] as const;

/**
 * Puts a gradient before one of tfjs's, for the WASM backend. A gradient is for all backends; on others it stays what it
 * was.
 *
 * @param replace Takes tfjs's gradient, for the cases that it is right in, and returns ours.
 */
export function replaceGradient<Attributes>(
  kernelName: string,
  replace: (original: Gradient<Attributes>) => Gradient<Attributes>,
): void {
  const config: GradConfig | undefined = getGradient(kernelName);
  if (!config || !isWrong(version_core)) return;
  const original = config.gradFunc as unknown as Gradient<Attributes>;
  const ours = replace(original);
  registerGradient({
    ...config,
    gradFunc: ((dy, saved, attributes) =>
      (getBackend() === 'wasm' ? ours : original)(
        dy,
        saved,
        attributes,
      )) as Gradient<Attributes> as unknown as GradConfig['gradFunc'],
  });
}

function isWrong(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major < LAST_WRONG[0] || (major === LAST_WRONG[0] && minor <= LAST_WRONG[1]);
}
