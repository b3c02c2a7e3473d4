// Opens the file of the second path in a process of its own, after the one of the first, and says how much memory that took.
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
const peak = process.resourceUsage().maxRSS * 1024;
console.log(JSON.stringify({ time, memory: peak - before }));
opened.dispose?.();
