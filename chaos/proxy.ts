/** A TCP proxy whose line can be cut: a server that is there and cannot be reached. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface RedisLine {
  port: number;
  cut(): void;
  mend(): void;
  close(): void;
}

export async function startProxy(target: number): Promise<RedisLine> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((inner) => {
    if (isCut) return void inner.destroy();
    const outer = connect(target, '127.0.0.1');
    for (const [one, other] of [[inner, outer] as const, [outer, inner] as const]) {
      sockets.add(one);
      one.on('error', () => {});
      one.once('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
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
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
