import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { startChild } from './children.js';

/** Starts a tool's own server, its last argument a port, and waits until it answers. */
export async function startServer(app, [script, ...args]) {
  const port = await findPort();
  const path = join(app, 'node_modules', script);
  const child = startChild(app, process.execPath, [path, ...args, String(port)]);
  const origin = `http://127.0.0.1:${port}`;
  let ended = false;
  child.ended.then(() => {
    ended = true;
  });
  for (let tries = 0; tries < 300; tries++) {
    if (ended) break;
    const answer = await fetch(origin).catch(() => undefined);
    if (answer?.ok) return { origin, output: child.output, close: child.stop };
    await setTimeout(100);
  }
  throw new Error(`${script} does not answer:\n${child.output()}`);
}

async function findPort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
