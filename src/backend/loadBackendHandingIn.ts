import { tensorflow } from './tensorflow';

type Starter = typeof import('./startBackend');
type Corrections = typeof import('./corrections/installCorrections');

/** A file that imports nothing of TensorFlow.js: what it takes of that is handed in. */
interface Handed<Module> {
  evaluate(handed: ReturnType<typeof tensorflow>): Module;
}

let starter: Promise<Starter> | undefined;
let corrections: Promise<Corrections> | undefined;

/**
 * Stands in the ES modules of this package for `loadBackend`: a bundler may put tfjs-core into the app's own chunk, and an app
 * that awaits a figure at its top level would then wait for a file that waits for the app. So the files that are loaded do not
 * import it, nor tfjs's backend, which does: they have a copy of that.
 */
export function loadStarter(): Promise<Starter> {
  starter ??= evaluate<Starter>(import('./startBackend'), () => {
    starter = undefined;
  });
  return starter;
}

/** Stands for the other, likewise. */
export function loadCorrections(): Promise<Corrections> {
  corrections ??= evaluate<Corrections>(import('./corrections/installCorrections'), () => {
    corrections = undefined;
  });
  return corrections;
}

/** Evaluates a file once: it would register its kernels again. One that did not come may be asked for again. */
async function evaluate<Module>(file: Promise<unknown>, forget: () => void): Promise<Module> {
  try {
    return ((await file) as Handed<Module>).evaluate(tensorflow());
  } catch (error) {
    forget();
    throw error;
  }
}
