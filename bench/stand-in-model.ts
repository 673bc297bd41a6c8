/**
 * A model that takes exactly as long as it is told: by an id `<anything>-<n>ms` among the questions, or by a table that
 * it is sent, of first question's id to milliseconds. It is forked so that its work is not measured. It sends its base
 * URL when ready, then the time of each request and, once it has a table, how long each took.
 */
import { createServer } from 'node:http';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

let table = new Map<string, number>();
process.on('message', (message) => {
  table = new Map(z.array(z.tuple([z.string(), z.number()])).parse(message));
});

const bodySchema = z.object({ messages: z.array(z.object({ content: z.string() })) });

const server = createServer(async (request, response) => {
  const begun = performance.now();
  const at = Date.now();
  process.send?.({ at });
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { messages } = bodySchema.parse(JSON.parse(Buffer.concat(chunks).toString()));
  const user = messages.at(-1)?.content ?? '';
  const ids = [...user.matchAll(/^\[([^\]]+)\] /gm)].map(([, id]) => id ?? '');
  const content = JSON.stringify({ answers: ids.map((id) => ({ id, text: answerTo(id) })) });
  const body = JSON.stringify({
    id: 'chatcmpl-bench',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 4_000, completion_tokens: 8_000, total_tokens: 12_000 },
  });
  const [first = ''] = ids;
  const wished = table.get(first) ?? Number(/-(\d+)ms\] /.exec(user)?.[1] ?? 0);
  await until(begun + wished);
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(body);
  const took = { first, ms: performance.now() - begun };
  if (table.size > 0) process.send?.({ at: null, from: at, until: Date.now(), ...took });
});

/** A timer only gets near: it counts whole milliseconds from the start of its event loop turn. */
async function until(due: number): Promise<void> {
  await sleep(Math.max(0, due - performance.now() - 2));
  while (performance.now() < due) await nextTurn();
}

/** About 600 characters, different for each id. */
function answerTo(id: string): string {
  return `In what ${id} touches you meet a question that has been waiting for a calmer week. ${'The slower planets ask for patience, and what you build with it will hold when the noise is over. '.repeat(5)}`;
}

server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') {
    process.send?.(`http://127.0.0.1:${address.port}/v1`);
  }
});
process.on('disconnect', () => process.exit(0));
