import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTellAlive } from '../../src/delivery/tell-alive.ts';
import { scaledTimings } from '../../src/domain/patience.ts';

let server: Server;
let lines: string[];
let heard: string[];
beforeEach(async () => {
  [lines, heard] = [[], []];
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    if (request.url === '/refuses') response.writeHead(500);
    if (request.url !== '/hangs') response.end('OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const urlOf = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
function tell(url: string | null): Promise<void> {
  const log = pino({ level: 'warn' }, { write: (line) => void lines.push(line) });
  return createTellAlive({ url, timings: scaledTimings(5), log })();
}

test('an outside watch is told, and nothing is logged', async () => {
  await tell(urlOf('/secret'));
  await tell(null);
  expect(heard).toEqual(['GET /secret']);
  expect(lines).toEqual([]);
});

test.each(['/refuses', '/hangs'])(
  'a watch that does not take it (%s) is logged without its address, and holds nothing up',
  async (path) => {
    await tell(urlOf(path));
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(path);
  },
);

test('a watch that is away is logged', async () => {
  await tell('http://127.0.0.1:1/secret');
  expect(lines).toEqual([expect.not.stringContaining('secret')]);
});
