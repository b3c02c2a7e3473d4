import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM, LAUNCH_OPTIONS } from './scripts/chromium.js';

/** Where a document and what it loads may share memory with workers. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/** A project whose tests run inside a page of Chromium. */
function inBrowser(name: string, include: string, headers: Record<string, string> = {}) {
  return {
    test: {
      name,
      include: [include],
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: LAUNCH_OPTIONS }),
        instances: [{ browser: 'chromium' as const }],
      },
    },
    server: { headers },
    cacheDir: `node_modules/.vite-${name}`,
    optimizeDeps: {
      include: [
        '@tensorflow/tfjs-backend-wasm',
        '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm.js',
        '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js',
        '@tensorflow/tfjs-converter',
        '@tensorflow/tfjs-core',
        '@tensorflow/tfjs-layers',
        'd3-scale-chromatic',
        'fast-png',
        'fflate',
      ],
    },
  };
}

/** Tests that open pages of their own in Chromium, with the built package, and look at them from outside. */
const pages = {
  test: {
    name: 'pages',
    include: ['tests/**/*.page.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
};

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/**/*.{browser,isolated,page}.test.ts', 'tests/consumers/**'],
          testTimeout: 60_000,
        },
      },
      ...(CHROMIUM
        ? [
            inBrowser('browser', 'tests/**/*.browser.test.ts'),
            inBrowser('browser-isolated', 'tests/**/*.isolated.test.ts', ISOLATED),
            pages,
          ]
        : []),
    ],
    coverage: { include: ['src/**'], exclude: ['src/**/*.generated.ts'] },
  },
});
