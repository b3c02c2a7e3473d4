import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findTypeFaults } from './findTypeFaults.js';
import { fail } from './step.js';

/** Releases of TypeScript beside the one that the package is built with, as npm installs them beside each other. */
export const OTHER_TYPESCRIPTS = {
  'typescript-5.0': 'npm:typescript@5.0.4',
  'typescript-5.4': 'npm:typescript@5.4.5',
  'typescript-7.0': 'npm:typescript@7.0.2',
};

/** TypeScript 7 knows no other resolution than these. */
const CONFIGS = ['tsconfig.bundler.json', 'tsconfig.node16.json'];
const OLD_CONFIG = 'tsconfig.node10.json';

/**
 * Checks the declarations as an app sees them that checks those of its libraries, too: with each release of TypeScript
 * and each way to find modules, what `useTypes.ts` does and every export of every entry.
 */
export function checkTypes(app, root) {
  const count = writeEveryExport(join(app, 'node_modules/layerscope'), join(app, 'every'));
  for (const [name, folder] of [
    ['our TypeScript', join(root, 'node_modules/typescript')],
    ...Object.keys(OTHER_TYPESCRIPTS).map((name) => [name, join(app, 'node_modules', name)]),
  ]) {
    for (const config of name.endsWith('5.4') ? [...CONFIGS, OLD_CONFIG] : CONFIGS) {
      const { status, stdout, stderr } = spawnSync(
        process.execPath,
        [join(folder, 'bin/tsc'), '--project', config, '--pretty', 'false'],
        { cwd: app, encoding: 'utf8' },
      );
      const faults = findTypeFaults({ status, output: `${stdout}${stderr}` });
      if (faults.length > 0) fail(`types with ${name} and ${config} failed:\n${faults.join('\n')}`);
      console.log(`types with ${name} and ${config}: ${count} exports are fine`);
    }
  }
}

/** Writes a module for each entry that imports and passes on all that its declarations export. */
function writeEveryExport(installed, folder) {
  mkdirSync(folder, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  let count = 0;
  for (const path of Object.keys(manifest.exports)) {
    if (path === './package.json') continue;
    const name = path === '.' ? 'index' : path.slice(2);
    const declarations = join(installed, `dist/${name}.d.ts`);
    if (!existsSync(declarations)) fail(`types failed: ${path} has none`);
    const lists = [...readFileSync(declarations, 'utf8').matchAll(/^export \{(.*?)\}/gms)];
    const names = lists.flatMap(([, list]) => list.split(',').map((each) => exportedName(each)));
    if (names.length === 0) fail(`types failed: ${declarations} exports nothing`);
    count += names.length;
    // A module for pages only cannot be required, as TypeScript would have it in a module of CommonJS.
    const file = join(folder, `${name}.${name === 'standalone' ? 'mts' : 'ts'}`);
    writeFileSync(file, `export {\n  ${names.join(',\n  ')},\n} from 'layerscope${path.slice(1)}';\n`);
  }
  return count;
}

/** `type inner as Outer` is imported as `type Outer`. */
function exportedName(text) {
  const [, type = '', name] = /^(type )?(?:\S+ as )?(\S+)$/.exec(text.trim().replace(/\s+/g, ' '));
  return `${type}${name}`;
}
