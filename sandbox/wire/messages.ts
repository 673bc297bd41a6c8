/** How every stand-in reads requests and writes answers. */
import type { IncomingMessage, ServerResponse } from 'node:http';

/** Thrown anywhere in a handler: becomes that status with that JSON body. */
export class RequestFault extends Error {
  readonly status: number;
  readonly body: unknown;

  constructor(status: number, body: unknown) {
    super(`answered ${status}`);
    this.name = 'RequestFault';
    this.status = status;
    this.body = body;
  }
}

const MOST_BYTES = 32 * 1024 * 1024;

/** @throws RequestFault 413 above 32 MiB */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes > MOST_BYTES) throw new RequestFault(413, { error: { message: 'body too large' } });
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @returns the object in the text; an empty object for an empty text. @throws RequestFault 400 */
export function parseObject(text: string): Record<string, unknown> {
  if (text.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RequestFault(400, { error: { message: 'We could not parse the JSON body.' } });
  }
  if (!isObject(value)) {
    throw new RequestFault(400, { error: { message: 'The body must be a JSON object.' } });
  }
  return value;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const text = JSON.stringify(body);
  response
    .writeHead(status, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
      ...headers,
    })
    .end(text);
}

export function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}
