import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './children.js';
import { writeGuide } from './writeGuide.js';

/** Copies an app into an empty folder and installs it there, with the package from its tarball. */
export async function installApp({ source, versions, shared, guide }, root, folder, tarball) {
  cpSync(join(root, source), folder, {
    recursive: true,
    filter: (path) => !path.includes('node_modules') && !path.includes('/dist'),
  });
  if (shared) cpSync(join(root, 'tests/consumers/shared'), join(folder, shared), { recursive: true });
  if (guide) writeGuide(root, join(folder, guide));
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  manifest.dependencies = { ...manifest.dependencies, layerscope: `file:${tarball}` };
  manifest.devDependencies = { ...manifest.devDependencies, ...versions };
  writeFileSync(file, JSON.stringify(manifest));
  const output = await runChild(folder, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
  // npm also warns of the tools' own packages; what it says of ours and of its peers is ours.
  const warnings = output.split('\n').filter((line) => /npm warn .*(layerscope|peer|ERESOLVE)/i.test(line));
  if (warnings.length > 0) throw new Error(`npm install warns:\n${warnings.join('\n')}`);
}
