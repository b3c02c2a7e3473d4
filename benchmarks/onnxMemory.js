// Opens an ONNX file and says by how many bytes the process has grown meanwhile, at most.
import { readFileSync } from 'node:fs';
import { tensor } from '@tensorflow/tfjs-core';
import { useWasmBackend } from 'layerscope';
import { openModel } from 'layerscope/open';

await useWasmBackend();
tensor([1]).dispose();
const before = process.memoryUsage.rss();
const opened = await openModel(readFileSync(process.argv[2]));
console.log(JSON.stringify({ grown: process.resourceUsage().maxRSS * 1024 - before }));
opened.dispose();
