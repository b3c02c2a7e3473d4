import { loadModule } from '../common/files/loadModule';
import { loadEmbedded } from './loadEmbedded';
import { loadThreadScript } from './loadThreadScript';
import { tensorflow } from './tensorflow';

const handed = () => ({ ...tensorflow(), loadEmbedded, loadModule, loadThreadScript });

type Starter = typeof import('./startBackend');
type Corrections = typeof import('./corrections/installCorrections');

/** A file that imports nothing: what it needs is handed in. */
interface Handed<Module> {
  evaluate(members: ReturnType<typeof handed>): Module;
}

let starter: Promise<Starter> | undefined;
let corrections: Promise<Corrections> | undefined;

/**
 * Stands in the ES modules of this package for `loadBackend`: a bundler may put tfjs-core into the app's own chunk, and an app
 * that awaits a figure at its top level would then wait for a file that waits for the app. So the files that are loaded do not
 * import it, nor tfjs's backend, which does: they have a copy of that. Nor do they load anything by themselves: Vite would have
 * them import its own help for that from there.
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
    return ((await file) as Handed<Module>).evaluate(handed());
  } catch (error) {
    forget();
    throw error;
  }
}
