// Writes the .wasm files of @tensorflow/tfjs-backend-wasm and the script of its threads as modules, gzipped, so that no
// bundler has to find them and no minifier changes them.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const target = new URL('../src/backend/embedded/', import.meta.url);
const require = createRequire(import.meta.url);
const manifest = require.resolve('@tensorflow/tfjs-backend-wasm/package.json');
const { version } = JSON.parse(await readFile(manifest, 'utf8'));
await mkdir(target, { recursive: true });
for (const [file, module] of [
  ['tfjs-backend-wasm-simd.wasm', 'wasmSimd.generated.ts'],
  ['tfjs-backend-wasm.wasm', 'wasmPlain.generated.ts'],
  ['tfjs-backend-wasm-threaded-simd.wasm', 'wasmThreaded.generated.ts'],
]) {
  await embed(file, await readFile(join(dirname(manifest), 'dist', file)), module);
}
await embed('The script of a thread,', composeThreadScript(), 'threadScript.generated.ts');

/**
 * tfjs has each thread fetch the loader of the binary from a `blob:` of its own, for which a page with a security policy
 * would have to allow `script-src blob:`. One script with both in it needs no more than a worker does anyhow.
 */
function composeThreadScript() {
  const name = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';
  const loader = require(`${name}.js`).toString();
  const { wasmWorkerContents } = require(`${name}.worker.js`);
  const parts = wasmWorkerContents.split(
    /if\(typeof e\.data\.urlOrBlob=="string"\)\{.*?URL\.revokeObjectURL\(objectUrl\)\}/,
  );
  if (parts.length !== 2) {
    throw new Error('embedWasm: the worker of @tensorflow/tfjs-backend-wasm is not what it was');
  }
  // Line ends inside its strings were unescaped when it became a string itself; it has no others.
  return `${parts.join('').replaceAll('\n', '\\n')}\nvar WasmBackendModuleThreadedSimd = ${loader};\n`;
}

async function embed(what, content, module) {
  const base64 = gzipSync(content, { level: 9 }).toString('base64');
  const source = [
    `// ${what} of @tensorflow/tfjs-backend-wasm (Apache-2.0), gzipped. Written by scripts/embedWasm.js.`,
    `export const version = '${version}';`,
    `export const base64 =\n  '${base64}';`,
    '',
  ].join('\n');
  const path = new URL(module, target);
  if (source === (await readFile(path, 'utf8').catch(() => undefined))) return;
  await writeFile(`${path.pathname}.${process.pid}`, source);
  await rename(`${path.pathname}.${process.pid}`, path);
}
