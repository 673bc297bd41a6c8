/**
 * A TCP line to a server. When it is cut, the server runs but cannot be reached. It can lead to another server,
 * as a managed service's name does after a failover.
 */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface Line {
  port: number;
  cut(): void;
  mend(): void;
  /** New connections go there; those that are open stay where they are. */
  leadTo(port: number): void;
  close(): void;
}

/** How a line connects a caller's socket with the one to the server. */
export type Carry = (inner: Socket, outer: Socket) => void;

const pipeBoth: Carry = (inner, outer) => {
  inner.pipe(outer);
  outer.pipe(inner);
};

export async function layLine(
  target: { port: number; host?: string },
  carry: Carry = pipeBoth,
): Promise<Line> {
  const sockets = new Set<Socket>();
  let isCut = false;
  let { port } = target;
  const server = createServer((inner) => {
    if (isCut) return void inner.destroy();
    const outer = connect(port, target.host ?? '127.0.0.1');
    for (const [one, other] of [[inner, outer] as const, [outer, inner] as const]) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
    }
    carry(inner, outer);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port was bound');
  return {
    port: address.port,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy();
    },
    mend() {
      isCut = false;
    },
    leadTo(next) {
      port = next;
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
