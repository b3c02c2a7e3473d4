// Opens an ONNX file and says by how many bytes the process has grown meanwhile, at most.
import { readFileSync } from 'node:fs';
import { useWasmBackend } from 'layerscope';
import { openModel } from 'layerscope/open';

await useWasmBackend();
// What is loaded and compiled for any file is none of this one's.
const small = await openModel(readFileSync(new URL('../tests/fixtures/onnx/resnet.onnx', import.meta.url)));
small.dispose();
const before = process.memoryUsage.rss();
const opened = await openModel(readFileSync(process.argv[2]));
console.log(JSON.stringify({ grown: process.resourceUsage().maxRSS * 1024 - before }));
opened.dispose();
