// Builds the package unless what is in dist is newer than everything that it is made from.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = join(root, 'dist/index.js');
const sources = ['src', 'scripts/embedWasm.js', 'scripts/buildKernels.js', 'tsup.config.ts', 'package.json'];

if (!existsSync(built) || newest(sources.map((path) => join(root, path))) > statSync(built).mtimeMs) {
  process.stderr.write('Building layerscope …\n');
  // JavaScript only: nothing that runs needs the type declarations, which take most of a full build's time.
  run('scripts/embedWasm.js');
  run('scripts/buildKernels.js');
  run('node_modules/tsup/dist/cli-default.js', '--silent');
}

function run(script, ...args) {
  const env = { ...process.env, LAYERSCOPE_DTS: 'false' };
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: root,
    env,
  });
  if (status === 0) return;
  process.stderr.write(stdout);
  process.stderr.write(stderr);
  process.exit(status ?? 1);
}

function newest(paths) {
  return Math.max(
    ...paths.map((path) => {
      const stats = statSync(path);
      return stats.isDirectory() ? newest(readdirSync(path).map((name) => join(path, name))) : stats.mtimeMs;
    }),
  );
}
