import { isNode } from '../common/isNode';

/**
 * Checks that this page or worker can share memory with threads.
 *
 * @throws Error naming what is missing.
 */
export function requireIsolation(): void {
  if (isNode()) {
    throw new Error('threads: expected a web page, got Node, where TensorFlow.js cannot start its threads');
  }
  if (globalThis.crossOriginIsolated === true) return;
  throw new Error(
    'threads: expected a cross-origin isolated page; it must be served over https or from localhost with the headers ' +
      'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
  );
}
