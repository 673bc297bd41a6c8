/** A proxy to a MongoDB server that stops at a chosen write: cut off, or asleep until woken. */
import { createServer, connect as open, type Socket } from 'node:net';

export interface MongoGate {
  url: string;
  close(): Promise<void>;
}

/**
 * @param writes how many pass; each later one waits for `then`, and never arrives if that rejects
 * @param url of the server behind the gate
 */
export async function startMongoGate(
  url: string,
  writes: number,
  then: () => Promise<void>,
): Promise<MongoGate> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  let passed = 0;
  const server = createServer((client) => {
    const behind = open(Number(port), hostname);
    for (const socket of [client, behind]) {
      sockets.add(socket);
      socket.on('error', () => {});
      socket.once('close', () => {
        client.destroy();
        behind.destroy();
      });
    }
    behind.pipe(client);
    let turn = Promise.resolve();
    client.on('data', (message: Buffer) => {
      turn = turn.then(async () => {
        if (isWrite(message)) {
          passed += 1;
          if (passed > writes) await then();
        }
        behind.write(message);
      });
      turn.catch(() => client.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const through = new URL(url);
  through.host = `127.0.0.1:${address.port}`;
  return {
    url: through.href,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** OP_MSG: 16 bytes of header, 4 of flags, the section's kind, a document's length, its first field. */
const FIRST_FIELD = 16 + 4 + 1 + 4 + 1;
function isWrite(message: Buffer): boolean {
  const name = message.toString('latin1', FIRST_FIELD, message.indexOf(0, FIRST_FIELD));
  return name === 'insert' || name === 'update' || name === 'findAndModify';
}
