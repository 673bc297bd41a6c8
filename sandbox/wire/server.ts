/** A bare HTTP server for a stand-in: one handler, and it closes at once. */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { RequestFault, sendJson } from './messages.ts';

export interface Listening {
  /** origin, without a trailing slash */
  url: string;
  /** Also ends open connections: a stalled answer must not keep the process alive. */
  close(): Promise<void>;
}

export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<void> | void;

/** @param port 0 picks a free one. @throws when the port is taken */
export async function serve(handler: Handler, host: string, port: number): Promise<Listening> {
  const server = createServer(listener(handler));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${host}:${bound}`, close: () => closeServer(server) };
}

function listener(handler: Handler): RequestListener {
  return (request, response) => {
    void answer(handler, request, response);
  };
}

/** Runs the handler and turns what it throws into an answer. */
export async function answer(
  handler: Handler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    await handler(request, response, new URL(request.url ?? '/', 'http://sandbox'));
  } catch (error) {
    answerError(response, error);
  }
}

function answerError(response: ServerResponse, error: unknown): void {
  // the caller hung up or the headers are out: too late to answer
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  if (error instanceof RequestFault) sendJson(response, error.status, error.body);
  else sendJson(response, 500, { error: { message: String(error) } });
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
