import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { version, peerDependencies, peerDependenciesMeta, devDependencies } = JSON.parse(read('package.json'));
const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional);

// That it builds, and what it shows, is checked from the packed package: npm run check:consumers.
describe('examples/vite-app', () => {
  const app = JSON.parse(read('examples/vite-app/package.json'));

  it('asks for this version of the package, and for its peers as the package does', () => {
    expect(app.dependencies).toEqual({
      layerscope: `^${version}`,
      ...Object.fromEntries(peers.map((name) => [name, peerDependencies[name]])),
    });
  });

  it('uses the Vite that the package is tested with, and nothing else', () => {
    expect(app.devDependencies).toEqual({ vite: devDependencies.vite });
  });

  it('is short enough to be copied by hand', () => {
    expect(readdirSync(new URL('../../examples/vite-app', import.meta.url)).sort()).toEqual([
      'index.html',
      'main.js',
      'package.json',
    ]);
    expect(read('examples/vite-app/main.js').trim().split('\n').length).toBeLessThanOrEqual(10);
  });
});

describe('the apps of npm run check:consumers', () => {
  const apps = ['vite', 'vite5', 'vite7', 'rollup', 'parcel', 'astro', 'webpack', 'esbuild', 'next'];
  it.each(apps)('%s takes the tested versions of the peers', (name) => {
    const { dependencies } = JSON.parse(read(`tests/consumers/${name}/package.json`));
    expect(dependencies).toMatchObject(
      Object.fromEntries(peers.map((peer) => [peer, devDependencies[peer]])),
    );
  });
});
