// Packs the package as npm would publish it, installs it into an empty folder, and uses it there as an app does.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const bin = (name) => join(root, 'node_modules/.bin', name);
const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'layerscope-package-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

step('pack', root, 'npm', ['pack', '--pack-destination', folder]);
const [tarball] = readdirSync(folder);
checkContents(join(folder, tarball));
step('publint', root, bin('publint'), ['--strict', join(folder, tarball)]);
step('are the types wrong', root, bin('attw'), [
  join(folder, tarball),
  '--profile',
  'node16',
  '--format',
  'ascii',
  // For pages only: it cannot be required, and nobody should.
  '--exclude-entrypoints',
  'standalone',
]);

const app = join(folder, 'app');
cpSync(join(root, 'tests/consumers/package'), app, { recursive: true });
const versions = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers', '@tensorflow/tfjs-backend-wasm'];
writeFileSync(
  join(app, 'package.json'),
  JSON.stringify({
    private: true,
    dependencies: {
      layerscope: `file:${join(folder, tarball)}`,
      ...Object.fromEntries(versions.map((name) => [name, devDependencies[name]])),
    },
  }),
);
step('install', app, 'npm', ['install', '--no-audit', '--no-fund', '--prefer-offline']);
step('import it', app, process.execPath, ['useModule.mjs']);
step('require it', app, process.execPath, ['useCommonJs.cjs']);
// Nothing else is installed there: no canvas that could read the picture or draw titles.
const picture = join(root, 'docs/images/digit.png');
step('run its command', app, 'npx', ['--no-install', 'layerscope', picture, '--format', 'png,svg']);
const drawn = readdirSync(join(app, 'out')).sort().join(', ');
if (drawn !== 'conv1.png, conv1.svg, conv2.png, conv2.svg') {
  console.error(`package: expected the command to draw conv1 and conv2, got ${drawn}`);
  process.exit(1);
}
for (const config of ['tsconfig.bundler.json', 'tsconfig.node16.json']) {
  step(`check its types with ${config}`, app, bin('tsc'), ['--project', config]);
}

/** What is published: the build, the licence and the readme, and nothing that belongs to tests or training. */
function checkContents(path) {
  const { stdout } = spawnSync('tar', ['-tzf', path], { encoding: 'utf8' });
  const files = stdout.trim().split('\n');
  const expected =
    /^package\/(dist\/[\w.-]+\.(js|cjs|d\.ts|d\.cts|js\.map|cjs\.map)|dist\/cli-[\w.-]+\.wasm|package\.json|README\.md|CHANGELOG\.md|LICENSE|THIRD_PARTY_LICENSES)$/;
  const strangers = files.filter((file) => !expected.test(file));
  const missing = [
    'README.md',
    'LICENSE',
    'CHANGELOG.md',
    'THIRD_PARTY_LICENSES',
    'dist/index.js',
    'dist/index.cjs',
    'dist/index.d.ts',
    'dist/standalone.js',
    'dist/standalone.d.ts',
    'dist/cli.js',
  ].filter((file) => !files.includes(`package/${file}`));
  if (strangers.length > 0 || missing.length > 0) {
    console.error(`package: not expected in it: ${strangers.join(', ')}; missing: ${missing.join(', ')}`);
    process.exit(1);
  }
  console.log(`contents: ${files.length} files`);
}

function step(name, cwd, command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) {
    console.error(`${name} failed:\n${stdout}${stderr}`);
    process.exit(1);
  }
  console.log(`${name}: fine`);
}
