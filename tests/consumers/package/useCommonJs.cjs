const assert = require('node:assert/strict');
const { loadArticleCnn, visualizeLayers, viridis } = require('layerscope');
const { drawDigit } = require('layerscope/data');
const { renderPng } = require('layerscope/png');
const { version } = require('layerscope/package.json');

async function main() {
  const [conv1] = await visualizeLayers(await loadArticleCnn(), drawDigit(7), { renderer: renderPng });
  assert.deepEqual([...conv1.output.subarray(1, 4)], [80, 78, 71]);
  assert.deepEqual([...viridis.rgba.subarray(0, 4)], [68, 1, 84, 255]);
  assert.match(version, /^\d+\.\d+\.\d+/);
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
