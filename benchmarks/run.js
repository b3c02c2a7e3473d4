// Measures layerscope against its peers and writes RESULTS.md: see README.md.
import '@tensorflow/tfjs-backend-cpu';
import { computeActivations, createActivationModel, loadArticleCnn, useWasmBackend } from 'layerscope';
import { drawDigit } from 'layerscope/data';
import { createActivationGroups } from './activations.js';
import { createFigureGroups } from './figures.js';
import { judgeGoals } from './goals.js';
import { interleave } from './interleave.js';
import { describeMachine } from './machine.js';
import { createPipelineGroup } from './pipeline.js';
import { createPngGroups } from './png.js';
import { createRendererGroup } from './renderers.js';
import { goalTable, PICTURES, writeGroup, writePart, writeReport } from './report.js';

await useWasmBackend();
const model = await loadArticleCnn();
const activations = await computeActivations(createActivationModel(model), drawDigit(3));
const groups = [
  ...(await createActivationGroups(model)),
  ...(await createFigureGroups(activations)),
  createRendererGroup(activations),
  ...(await createPngGroups(activations)),
  createPipelineGroup(model),
];

const results = [];
for (const group of groups) {
  await useWasmBackend(); // a group may have ended on another backend
  const result = await interleave(group);
  results.push(result);
  console.log(`${writeGroup(result).join('\n')}\n`);
}

const goals = judgeGoals(results);
await writePart(PICTURES, writeReport(describeMachine(), goals, results));
console.log(`## Goals\n\n${goalTable(goals)}\n\nwritten: benchmarks/RESULTS.md`);
