import { expect, it } from 'vitest';
import { runScript } from '../runScript';

it('says in one line what to import in its place', () => {
  const { status, stderr } = runScript("await import('layerscope/standalone');");
  expect(status).toBe(1);
  expect(stderr).toContain(
    "layerscope/standalone: is for pages without a bundler; here, import from 'layerscope'",
  );
  expect(stderr.length).toBeLessThan(2_000);
});
