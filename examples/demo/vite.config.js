import { defineConfig } from 'vite';

/** Whether there is a desktop that a browser could open on; where there is none, Vite's line with the address must do. */
const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);

export default defineConfig({
  // Relative, so that the built page works in any folder of any server.
  base: './',
  cacheDir: '../../node_modules/.vite-demo',
  server: { open: hasDisplay && process.env.CI === undefined },
  build: { outDir: '../../out/demo', emptyOutDir: true, target: 'es2022' },
  worker: { format: 'es' },
  // Named here, or Vite would find them one after the other and load the page anew for each.
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-converter',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      'd3-scale-chromatic',
      'fflate',
    ],
  },
});
