import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { loadArticleCnn, visualizeLayers } from 'layerscope';
import { renderCanvas } from 'layerscope/canvas';
import { drawDigit, drawDigits } from 'layerscope/data';
import { loadModel, saveFile, saveModel } from 'layerscope/node';
import { renderPng } from 'layerscope/png';
import { renderRgba } from 'layerscope/rgba';
import { renderSvg } from 'layerscope/svg';
import { renderTerminal } from 'layerscope/terminal';
import { evaluateClassifier, trainArticleCnn, trainingPath } from 'layerscope/training';

const model = await loadArticleCnn();
const [conv1, conv2] = await visualizeLayers(model, drawDigit(3));
assert.equal(tf.getBackend(), 'wasm');
assert.deepEqual([conv1.layer, conv2.layer], ['conv1', 'conv2']);
assert.deepEqual(renderRgba(conv1.figure), conv1.output);
assert.match(renderSvg(conv1.figure), /<title>Layer: conv1<\/title>/);
assert.match(renderTerminal(conv2.figure), /Layer: conv2/);
assert.throws(() => renderCanvas(conv1.figure), /createCanvas/);
await saveFile('conv1.png', await renderPng(conv1.figure));
await assert.rejects(visualizeLayers(model, drawDigit(3), { columns: 0 }), RangeError);

const trained = await trainArticleCnn(drawDigits(320, { seed: 1 }), { seed: 1, epochs: 1 });
assert.equal(trainingPath(), 'binary');
assert.equal(trained.history.length, 1);
await saveModel(trained.model, 'trained');
const fresh = drawDigits(50, { seed: 2 });
assert.deepEqual(
  await evaluateClassifier(await loadModel('trained'), fresh),
  await evaluateClassifier(trained.model, fresh),
);
