/** Ports of this machine's loopback address. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { AlmanacError } from '../../src/domain/errors.ts';

/** Below the ports that systems hand out, so nobody who asks for any free port gets one of these meanwhile. */
const FIRST = 20_000;
const LAST = 32_767;

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  for (;;) {
    try {
      return await listenOnce(randomInt(FIRST, LAST + 1));
    } catch (error) {
      if (Reflect.get(Object(error), 'code') !== 'EADDRINUSE') throw error;
    }
  }
}

/** @throws AlmanacError `port_taken` naming it, and what to do */
export async function assertFree(port: number, setting: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (cause) {
    const message = `port ${port} is taken: stop what uses it (another npm run dev?)${setting}`;
    throw new AlmanacError('port_taken', message, { cause });
  }
}

function listenOnce(port: number): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      const bound = address !== null && typeof address === 'object' ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
