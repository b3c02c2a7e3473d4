// Writes the weights of a trained model into the package, as what loadArticleCnn gives:
//
//   npm run train -- --data DIR --seed 1 --out FOLDER && node scripts/embedWeights.js FOLDER [FILE]
import { fileURLToPath } from 'node:url';
import { buildArticleCnn } from 'layerscope';
import { loadModel, saveFile } from 'layerscope/node';

const TARGET = fileURLToPath(new URL('../src/model/article/articleWeights.generated.ts', import.meta.url));

const [folder, target = TARGET] = process.argv.slice(2);
try {
  if (!folder) throw new TypeError('expected the folder of a model that npm run train has saved');
  await saveFile(target, writeModule(await readWeights(folder)));
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}

/** All weights in the model's order, after one another. */
async function readWeights(path) {
  const model = await loadModel(path);
  const names = (network) =>
    network.weights.map(({ originalName, shape }) => `${originalName} [${shape}]`).join(', ');
  const expected = names(buildArticleCnn({ seed: 0 }));
  if (names(model) !== expected) {
    throw new RangeError(`${path}: expected the article's network (${expected}), got ${names(model)}`);
  }
  const values = model.getWeights().flatMap((weight) => Array.from(weight.dataSync()));
  if (!values.every(Number.isFinite)) throw new RangeError(`${path}: expected finite weights`);
  return values;
}

function writeModule(values) {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, index * 4);
  const count = values.length.toLocaleString('en');
  return [
    `// The trained weights of the article's network: ${count} float32 values, little-endian, in base64.`,
    `export const articleWeights =\n  '${bytes.toString('base64')}';`,
    '',
  ].join('\n');
}
