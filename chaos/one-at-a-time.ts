/**
 * Carries MongoDB's messages one at a time over all connections. The stand-in server finds and updates in
 * two steps, and another connection can come between them. MongoDB does both in one step.
 */
import type { Socket } from 'node:net';
import type { Carry } from './line.ts';

const MOST_MS = 5_000;

export function oneAtATime(): Carry {
  let last: Promise<unknown> = Promise.resolve();

  return (inner, outer) => {
    const replies: ((reply: Buffer) => void)[] = [];
    onMessage(outer, (reply) => replies.shift()?.(reply));
    onMessage(inner, (message) => {
      last = last.then(async () => {
        if (inner.destroyed || outer.destroyed) return;
        const reply = Promise.withResolvers<Buffer | null>();
        const gone = () => reply.resolve(null);
        const late = setTimeout(gone, MOST_MS);
        for (const socket of [inner, outer]) socket.once('close', gone);
        replies.push(reply.resolve);
        outer.write(message);
        const answer = await reply.promise;
        for (const socket of [inner, outer]) socket.off('close', gone);
        clearTimeout(late);
        if (answer) inner.write(answer);
        else inner.destroy(); // a late answer would go to the wrong question
      });
    });
  };
}

/** MongoDB's wire protocol: each message begins with its length in four bytes, little-endian. */
function onMessage(socket: Socket, take: (message: Buffer) => void): void {
  let held = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    held = Buffer.concat([held, chunk]);
    while (held.length >= 4 && held.length >= held.readInt32LE(0)) {
      const length = held.readInt32LE(0);
      take(held.subarray(0, length));
      held = held.subarray(length);
    }
  });
}
