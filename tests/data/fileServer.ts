import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface FileServer {
  /** URL of its folder, which ends in `/`. */
  readonly url: string;
  /** What has been asked for: the name, then the range and its condition if there was one. */
  readonly requests: string[];
  readonly close: () => Promise<void>;
}

/** Starts a server on this machine that answers by the file's name, and with 404 to any other. */
export async function startServer(handlers: Readonly<Record<string, Handler>>): Promise<FileServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const name = request.url!.split('/').at(-1)!;
    const { range, 'if-range': condition } = request.headers;
    requests.push([name, range, condition].filter(Boolean).join(' '));
    const handler = handlers[name];
    if (handler) handler(request, response);
    else response.writeHead(404).end('not here');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/files/`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Sends a file whole. */
export function send(bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Handler {
  return (_, response) => response.writeHead(200, { 'content-length': bytes.length, ...headers }).end(bytes);
}

/** Sends a file, or the part that is asked for, as long as it is in the same state. */
export function sendRange(bytes: Uint8Array, etag: string): Handler {
  return (request, response) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const condition = request.headers['if-range'];
    if (start === 0 || (condition !== undefined && condition !== etag)) {
      return send(bytes, { etag })(request, response);
    }
    if (start >= bytes.length) {
      return response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
    }
    const headers = {
      etag,
      'content-length': bytes.length - start,
      'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}`,
    };
    return response.writeHead(206, headers).end(bytes.subarray(start));
  };
}

/** Sends the first bytes of a file and breaks the connection. */
export function cutOff(bytes: Uint8Array, after: number, etag?: string): Handler {
  return (_, response) => {
    response.writeHead(200, { 'content-length': bytes.length, ...(etag && { etag }) });
    // So that they arrive before the connection ends.
    response.write(bytes.subarray(0, after), () => setTimeout(() => response.socket?.destroy(), 30));
  };
}

/** Answers one request after the other in another way, the last way from then on. */
export function inTurn(...handlers: readonly Handler[]): Handler {
  let asked = 0;
  return (request, response) => handlers[Math.min(asked++, handlers.length - 1)]!(request, response);
}
