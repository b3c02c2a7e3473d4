// Opens a model in a process that has opened only a small one before, and says how many milliseconds that took from the disk on, and
// by how many bytes the process has grown meanwhile, at most.
// node openOnce.js onnx FILE, node openOnce.js own FOLDER, or node openOnce.js copy FILE: its bytes into tensors of as many.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tensor } from '@tensorflow/tfjs-core';
import { useWasmBackend } from 'layerscope';
import { openModel } from 'layerscope/open';

const [, , way, path, sizes = ''] = process.argv;
const WAYS = {
  onnx: () => openModel(readFileSync(path)),
  own: () =>
    openModel(
      Object.fromEntries(['model.json', 'weights.bin'].map((name) => [name, readFileSync(join(path, name))])),
    ),
  copy: () => {
    const bytes = readFileSync(path);
    let at = Math.ceil(bytes.byteOffset / 4) * 4;
    for (const size of sizes.split(',').map(Number)) {
      tensor(new Float32Array(bytes.buffer, at, size));
      at += 4 * size;
    }
  },
};

await useWasmBackend();
// What is loaded and compiled for any file is none of this one's.
await openModel(readFileSync(new URL('../tests/fixtures/onnx/resnet.onnx', import.meta.url)));
const before = process.memoryUsage.rss();
const start = performance.now();
await WAYS[way]();
console.log(JSON.stringify({ time: performance.now() - start, grown: readPeak() - before }));

/** Linux has it by process; what Node tells may be that of the process which has started this one. */
function readPeak() {
  try {
    return 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return 1024 * process.resourceUsage().maxRSS;
  }
}
