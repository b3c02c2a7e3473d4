import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';

/** Inside the package, so that an app finds it by its name, and git-ignored. */
const OUT = fileURLToPath(new URL('../../out', import.meta.url));

/**
 * Bundles an app as Vite does for production, minified, with the built package.
 *
 * @param sources The app's modules by their names; `main.js` is what the page loads. As this package says of
 * its modules, those that export nothing that is used are dropped.
 * @returns The text of each file by its path, `main.js` among them.
 */
export async function bundleApp(
  sources: Readonly<Record<string, string>>,
): Promise<ReadonlyMap<string, string>> {
  mkdirSync(OUT, { recursive: true });
  const root = mkdtempSync(join(OUT, 'app-'));
  try {
    for (const [name, code] of Object.entries(sources)) writeFileSync(join(root, name), code);
    const { output } = (await build({
      root,
      configFile: false,
      logLevel: 'error',
      worker: { format: 'es' },
      build: {
        write: false,
        minify: true,
        target: 'es2022',
        modulePreload: false,
        rolldownOptions: { input: join(root, 'main.js'), output: { entryFileNames: 'main.js' } },
      },
    })) as Rolldown.RolldownOutput;
    return new Map(
      output.map((file) => [`/${file.fileName}`, file.type === 'chunk' ? file.code : String(file.source)]),
    );
  } finally {
    rmSync(root, { recursive: true });
  }
}
