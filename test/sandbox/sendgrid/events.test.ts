import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verificationKey } from '../../../sandbox/sendgrid/event-key.ts';
import { startSendgrid } from '../../../sandbox/sendgrid/sendgrid.ts';
import type { Listening } from '../../../sandbox/wire/server.ts';
import { createReadMailEvents } from '../../../src/delivery/mail-events.ts';
import { createMailer } from '../../../src/delivery/mailer.ts';
import { scaledTimings } from '../../../src/domain/patience.ts';
import type { MailBatch } from '../../../src/domain/ports/mail-events.ts';
import { eventually } from '../../eventually.ts';
import { orderFault, reset } from '../control.ts';

const timings = scaledTimings(1);
const read = createReadMailEvents({
  publicKey: verificationKey(),
  timings,
  clock: () => new Date(),
});
/** What our own reader makes of each request. */
const batches: MailBatch[] = [];
const webhook = createServer(async (request, response) => {
  const body = Buffer.from(await text(request));
  const header = (name: string) => String(request.headers[`x-twilio-email-event-webhook-${name}`]);
  batches.push(read(body, { signature: header('signature'), timestamp: header('timestamp') }));
  response.writeHead(202).end();
});
let server: Listening;
beforeAll(async () => {
  await new Promise<void>((resolve) => webhook.listen(0, '127.0.0.1', resolve));
  const { port } = webhook.address() as AddressInfo;
  const webhookUrl = `http://127.0.0.1:${port}/`;
  server = await startSendgrid({ host: '127.0.0.1', port: 0, seed: 1, webhookUrl });
});
beforeEach(async () => {
  await reset(server.url);
  batches.length = 0;
});
afterAll(async () => {
  await server.close();
  webhook.close();
});

/** @returns the provider's id */
async function send(to = 'ada@example.org'): Promise<string> {
  const from = 'Almanac <reports@almanac.example>';
  const mailer = createMailer({ key: 'SG.x', url: server.url, from, replyTo: from, timings });
  const { providerId } = await mailer.send({ to, key: 'k', subject: 's', text: 't', html: 'h' });
  return providerId ?? '';
}
const told = (count: number) => eventually(() => expect(batches).toHaveLength(count));
const tell = (id: string, wish: object) =>
  fetch(`${server.url}/_sandbox/messages/${id}/event`, {
    method: 'POST',
    body: JSON.stringify({ event: 'bounce', ...wish }),
  });

describe("the SendGrid stand-in's events, read by our own reader", () => {
  it.each([
    ['blocked', ['processed', 'blocked']],
    ['dropped', ['dropped']],
  ])(
    'a letter that meets the fault %s, or whose address asks for it, ends so',
    async (kind, types) => {
      await orderFault(server.url, { kind });
      await send();
      await told(types.length);
      await send(`${kind}@example.org`);
      await told(types.length * 2);
      const read = batches.flatMap(({ events }) => events.map(({ type, key }) => [type, key]));
      expect(read).toEqual([...types, ...types].map((type) => [type, 'k']));
    },
  );

  it('bare events name the letter by the id that answered the sending', async () => {
    await orderFault(server.url, { kind: 'bare_events' });
    const id = await send();
    await told(2);
    for (const { events } of batches) expect(events[0]).toMatchObject({ key: null });
    for (const { events } of batches) expect(events[0]?.providerIds).toContain(id);
    await tell(id, { without: 'ids' });
    await told(3);
    expect(batches[2]?.events).toMatchObject([{ type: 'bounce', key: null, providerIds: [id] }]);
  });

  it('an odd batch has our event, those of others, and some that cannot be read', async () => {
    await orderFault(server.url, { kind: 'odd_batch' });
    const id = await send();
    await told(2);
    expect(batches[1]?.events.at(-1)).toMatchObject({ type: 'delivered', key: 'k' });
    expect(batches[1]?.odd).toEqual([
      'not an object',
      'not an object',
      'timestamp',
      'key',
      'event',
    ]);
    await tell(id, { others: 1_000 });
    await told(3);
    expect(batches[2]?.events).toHaveLength(1_001);
  });
});
