/** Ports of this machine's loopback address. */
import { createServer } from 'node:net';
import { AlmanacError } from '../../src/domain/errors.ts';

/** A port that was free a moment ago. */
export function freePort(): Promise<number> {
  return listenOnce(0);
}

/** @throws AlmanacError `port_taken` naming it, and what to do */
export async function assertFree(port: number, setting: string): Promise<void> {
  try {
    await listenOnce(port);
  } catch (cause) {
    const message = `port ${port} is taken: stop what is there (another npm run dev?)${setting}`;
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
