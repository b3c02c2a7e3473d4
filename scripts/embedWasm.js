// Writes the .wasm files of @tensorflow/tfjs-backend-wasm as modules, gzipped, so that no bundler has to find them.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const target = new URL('../src/backend/embedded/', import.meta.url);
const manifest = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm/package.json');
const { version } = JSON.parse(await readFile(manifest, 'utf8'));
await mkdir(target, { recursive: true });
for (const [file, module] of [
  ['tfjs-backend-wasm-simd.wasm', 'wasmSimd.generated.ts'],
  ['tfjs-backend-wasm.wasm', 'wasmPlain.generated.ts'],
]) {
  const base64 = gzipSync(await readFile(join(dirname(manifest), 'dist', file)), { level: 9 }).toString(
    'base64',
  );
  const source = [
    `// ${file} of @tensorflow/tfjs-backend-wasm (Apache-2.0), gzipped. Written by scripts/embedWasm.js.`,
    `export const version = '${version}';`,
    `export const base64 =\n  '${base64}';`,
    '',
  ].join('\n');
  const path = new URL(module, target);
  if (source === (await readFile(path, 'utf8').catch(() => undefined))) continue;
  await writeFile(`${path.pathname}.${process.pid}`, source);
  await rename(`${path.pathname}.${process.pid}`, path);
}
