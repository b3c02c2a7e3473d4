import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';

// Each program by itself: with several entries Rollup puts what they share into chunks of their own.
export default [
  ['main.js', 'dist'],
  ['worker.js', 'dist'],
  ['awaiting.js', 'dist-awaiting'],
  [['guide/page.js', 'guide/worker.js'], 'dist-guide'],
].map(([input, dir]) => ({
  input,
  output: { dir },
  plugins: [resolve({ browser: true }), commonjs()],
  // TensorFlow.js has circles of files, and helpers for ES5 with `this` at their top level.
  onLog(level, log, handle) {
    if (log.code !== 'CIRCULAR_DEPENDENCY' && log.code !== 'THIS_IS_UNDEFINED') handle(level, log);
  },
}));
