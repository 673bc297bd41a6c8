/** Answers what never reaches the router: requests that are too long, too slow, or not valid HTTP. */
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import { ERROR_CODES } from './error-codes.ts';
import { type Problem, problemOf } from './error-map.ts';

/** Fastify's `clientErrorHandler`: writes to the bare socket, because there is no request yet. */
export function refuseClient(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  const problem = describe(error.code);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${problem.title}`,
    'Connection: close',
    'Content-Type: application/problem+json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  if (socket.writable) socket.write([...head, '', body].join('\r\n'));
  socket.destroy(error);
}

function describe(code: string): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return problemOf('headers_too_large', ERROR_CODES.headers_too_large.detail);
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return problemOf('request_timeout', ERROR_CODES.request_timeout.detail);
  }
  return problemOf('bad_request', 'This is not valid HTTP (RFC 9112).');
}
