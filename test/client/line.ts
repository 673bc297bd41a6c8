/** A line between client and API that a test can break. */
import { once } from 'node:events';
import { request as ask, createServer, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * `silent`: taken, and never answered with a byte. `garbled`: answered with half an event. `cut`: passed on, then the connection is closed before the answer
 * arrives. A number: answered with that status, as a proxy does, without asking the API.
 */
export type Fault = 'silent' | 'garbled' | 'cut' | number;

export interface Line extends AsyncDisposable {
  url: string;
  /** `METHOD /path`, and the Last-Event-ID that came with it */
  requests: { what: string; lastEventId: string | undefined; key: string | undefined }[];
  /** @returns the fault of a request; null: none */
  faultOf: (what: string, times: number) => Fault | null;
  /** Closes all open connections. */
  drop(): void;
}

export async function openLine(apiUrl: string): Promise<Line> {
  const sockets = new Set<Socket>();
  const server = createServer((request, response) => {
    const what = `${request.method} ${request.url}`;
    const { 'last-event-id': lastEventId, 'idempotency-key': key } = request.headers;
    line.requests.push({
      what,
      lastEventId: lastEventId?.toString(),
      key: key?.toString(),
    });
    const times = line.requests.filter((each) => each.what === what).length;
    const fault = line.faultOf(what, times);
    if (typeof fault === 'number') return void refuse(response, fault);
    if (fault === 'silent' || fault === 'garbled') {
      // a page of another site may read it
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'access-control-allow-origin': '*',
      });
      response.flushHeaders();
      return fault === 'garbled' ? void response.write('data: {"revisi\n\n') : undefined;
    }
    const onward = ask(
      `${apiUrl}${request.url}`,
      { method: request.method, headers: request.headers },
      (answer) => {
        if (fault === 'cut') return void request.socket.destroy();
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        response.flushHeaders();
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  const line: Line = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    faultOf: () => null,
    drop,
    async [Symbol.asyncDispose]() {
      drop();
      server.close();
      await once(server, 'close');
    },
  };
  return line;
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html', 'retry-after': '0' });
  response.end('<h1>Not now</h1>');
}
