// Opens the file of the second path in a process of its own, after the one of the first, and says how much memory that took.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { useWasmBackend } from 'layerscope';
import { openModel } from 'layerscope/node';

const [, , warmUp, path, way] = process.argv;
const copy = async (from) => new Uint8Array(await readFile(from));
const open = way === 'copy' ? copy : openModel;
await useWasmBackend();
const small = await open(warmUp);
small.dispose?.();
const before = process.memoryUsage().rss;
const start = performance.now();
const opened = await open(path);
const time = performance.now() - start;
console.log(JSON.stringify({ time, memory: readPeak() - before }));
opened.dispose?.();

/** Linux has it by process; what Node tells may be that of the process which has started this one. */
function readPeak() {
  try {
    return 1024 * Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return 1024 * process.resourceUsage().maxRSS;
  }
}
