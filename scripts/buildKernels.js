// Compiles the training kernels from AssemblyScript and writes them as a module, so that no bundler has to find a file.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findForeignParts } from './findForeignParts.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = join(root, 'src/training/assembly');
const target = join(root, 'src/training/embedded/kernels.generated.ts');

const hash = createHash('sha256').update(readFileSync(fileURLToPath(import.meta.url)));
for (const file of readdirSync(sources).sort()) hash.update(file).update(readFileSync(join(sources, file)));
const stamp = `// Sources: ${hash.digest('hex')}`;
if (!readIfThere(target).includes(stamp)) await build();

async function build() {
  // Loaded here only: the compiler takes longer to load than everything else that a build needs.
  const { default: asc } = await import('assemblyscript/asc');
  const flags = '-O3 --noAssert --enable simd --runtime stub --importMemory --noExportMemory'.split(' ');
  let binary;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...flags], {
    readFile: (name) => readIfThere(join(sources, name)) || null,
    writeFile: (_name, content) => {
      binary = content;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`buildKernels: ${error.message}\n${stderr}`);

  const foreign = findForeignParts(binary);
  if (foreign.length > 0) throw new Error(`buildKernels: the binary must not have ${foreign.join(', ')}`);
  mkdirSync(join(target, '..'), { recursive: true });
  const text = [
    '// The training kernels, compiled from src/training/assembly by scripts/buildKernels.js, in base64.',
    stamp,
    `export const kernelBinary =\n  '${Buffer.from(binary).toString('base64')}';`,
    '',
  ].join('\n');
  writeFileSync(`${target}.${process.pid}`, text);
  renameSync(`${target}.${process.pid}`, target);
}

function readIfThere(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
