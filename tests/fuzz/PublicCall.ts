import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Activation, ActivationModel, Figure } from '../../src/index';

/** A call that is right. */
export interface PublicCall {
  /** The function. */
  readonly run: (...args: never[]) => unknown;
  /**
   * What it is given, by the name that errors call it; more than one with a `|` between them. Options are written out, each
   * with a value that is right, so that one at a time can be replaced.
   */
  readonly args: Readonly<Record<string, unknown>>;
  /** Names of `args` whose parts are replaced too. */
  readonly parts?: readonly string[];
}

/** What the calls are made with. */
export interface Material {
  readonly model: LayersModel;
  /** The name of a convolution of the model. */
  readonly layer: string;
  readonly activationModel: ActivationModel;
  readonly activation: Activation;
  readonly figure: Figure;
  /** A folder that is not there. */
  readonly missing: string;
}

/** @param parts Names of `args` whose parts are replaced too: the options, unless others are given. */
export function call(
  run: PublicCall['run'],
  args: PublicCall['args'],
  parts: readonly string[] = Object.keys(args).filter((name) => name === 'options'),
): PublicCall {
  return { run, args, parts };
}
