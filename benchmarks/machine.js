import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, platform } from 'node:os';

/** What the numbers depend on. No host name, no path. */
export function describeMachine() {
  const processors = cpus();
  const versions = [
    '@tensorflow/tfjs-core',
    '@tensorflow/tfjs-layers',
    '@tensorflow/tfjs-backend-wasm',
    'd3-scale-chromatic',
    'fast-png',
    '@napi-rs/canvas',
  ].map((name) => `${name} ${versionOf(`../node_modules/${name}/package.json`)}`);
  return [
    ['Date', new Date().toISOString().slice(0, 10)],
    ['CPU', `${processors[0]?.model.trim() ?? 'unknown'}, ${processors.length} cores`],
    ['System', `${platform()} ${arch()}, load ${loadavg()[0].toFixed(1)} at the end of the run`],
    ['Node', process.version],
    ['layerscope', versionOf('../package.json')],
    ['Packages', versions.join(', ')],
  ];
}

function versionOf(path) {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')).version;
}
