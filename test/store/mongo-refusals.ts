/**
 * A proxy to a MongoDB server that answers some commands with an error of its own, as in an election. It has
 * listings sent in small parts, so that most of each comes by getMore.
 */
import { createServer, connect as open, type Socket } from 'node:net';
import { BSON } from 'mongodb';

export interface MongoRefusals {
  url: string;
  /** commands that passed, by name, in order */
  passed: string[];
  /** The next so many commands of this name are answered with this error. */
  refuse(command: string, code: number, times: number): void;
  close(): Promise<void>;
}

/** OP_MSG: 16 bytes of header (length, id, id of the question, kind), 4 of flags, the section's kind, a document. */
const DOCUMENT = 21;
const OP_MSG = 2013;
/** Documents. */
const PART = 7;

export async function startMongoRefusals(url: string): Promise<MongoRefusals> {
  const { hostname, port } = new URL(url);
  const sockets = new Set<Socket>();
  const passed: string[] = [];
  let refused = { command: '', code: 0, times: 0 };

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
    let held = Buffer.alloc(0);
    client.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 4 && held.length >= held.readInt32LE(0)) {
        const asked = held.subarray(0, held.readInt32LE(0));
        held = held.subarray(asked.length);
        const command = nameOf(asked);
        if (command !== refused.command || refused.times === 0) {
          passed.push(command);
          behind.write(command === 'find' ? inParts(asked) : asked);
          continue;
        }
        refused.times -= 1;
        const { code } = refused;
        client.write(answer(asked, { ok: 0, errmsg: `refused with ${code}`, code }));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const through = new URL(url);
  through.host = `127.0.0.1:${address.port}`;
  return {
    url: through.href,
    passed,
    refuse(command, code, times) {
      refused = { command, code, times };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

/** The first field of the document names the command. */
function nameOf(message: Buffer): string {
  if (message.readInt32LE(12) !== OP_MSG) return '';
  const field = DOCUMENT + 5;
  return message.toString('latin1', field, message.indexOf(0, field));
}

function inParts(find: Buffer): Buffer {
  const document = BSON.deserialize(find.subarray(DOCUMENT), { promoteValues: false });
  return message(find.readInt32LE(4), 0, { ...document, batchSize: PART });
}

function answer(question: Buffer, document: object): Buffer {
  return message(0, question.readInt32LE(4), document);
}

function message(id: number, answers: number, document: object): Buffer {
  const body = BSON.serialize(document);
  const head = Buffer.alloc(DOCUMENT);
  head.writeInt32LE(head.length + body.length, 0);
  head.writeInt32LE(id, 4);
  head.writeInt32LE(answers, 8);
  head.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([head, body]);
}
