import { defineConfig } from 'vite';

// Each page by itself: with several entries Rollup puts what they share into chunks of their own.
export default defineConfig(({ mode }) => ({
  // By default Vite 4 to 7 write workers as scripts, which cannot load a part of themselves later.
  worker: { format: 'es' },
  build: {
    rollupOptions: mode === 'worker' ? { input: 'worker.html' } : {},
    outDir: mode === 'worker' ? 'dist-worker' : 'dist',
    chunkSizeWarningLimit: 1000,
  },
}));
