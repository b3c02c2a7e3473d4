import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';

/** Chromium starts only where scripts/test.js has found one. */
const chromium = process.env.LAYERSCOPE_CHROMIUM;

const browser = {
  test: {
    name: 'browser',
    include: ['tests/**/*.browser.test.ts'],
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      provider: playwright({
        launchOptions: {
          executablePath: chromium ?? '',
          args: [
            '--no-sandbox',
            '--disable-gpu',
            '--disable-quic',
            '--no-first-run',
            '--disable-background-networking',
            '--disable-component-update',
            '--disable-sync',
          ],
        },
      }),
      instances: [{ browser: 'chromium' as const }],
    },
  },
  cacheDir: 'node_modules/.vite-browser',
  optimizeDeps: {
    include: [
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      'd3-scale-chromatic',
      'fast-png',
      'fflate',
    ],
  },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.browser.test.ts', 'tests/consumers/**'],
          testTimeout: 60_000,
        },
      },
      ...(chromium ? [browser] : []),
    ],
    coverage: { include: ['src/**'], exclude: ['src/**/*.generated.ts'] },
  },
});
