import { defineConfig } from 'astro/config';

export default defineConfig({
  devToolbar: { enabled: false },
  vite: { worker: { format: 'es' }, build: { chunkSizeWarningLimit: 1000 } },
});
