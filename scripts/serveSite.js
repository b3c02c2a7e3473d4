import { createServer } from 'node:http';

/**
 * Serves a site on a free port of this machine.
 *
 * @param find Looks up what a path answers, which begins with a slash and has no query: `{ type, body, headers }`;
 * `undefined` is "not found".
 */
export async function serveSite(find) {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    const answer = find(path);
    // Chromium asks for an icon by itself, and writes to the console if there is none.
    if (path === '/favicon.ico' && !answer) response.writeHead(204).end();
    else if (answer)
      response.writeHead(200, { 'content-type': answer.type, ...answer.headers }).end(answer.body);
    else response.writeHead(404).end();
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
