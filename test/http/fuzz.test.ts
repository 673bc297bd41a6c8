import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { typeOf } from './answers.ts';
import { type ApiRig, bearer, goodOrder, type Placed, place, startApi } from './api-rig.ts';
import { arbitraryRequest } from './arbitrary-input.ts';
import { nearlyGood } from './nearly-good.ts';
import { signIn } from './operators/sign-in.ts';

/** FUZZ_CASES=20000 FUZZ_SEED=1 for a long run. A failure is printed with its seed. */
const CASES = Number(process.env.FUZZ_CASES ?? 1_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const LONG = 60_000 + CASES * 30;

let api: ApiRig;
let theirs: Placed;
let cookie: string;
let own: Placed[];
const SECRET = 'Zebulon Quartermain';
beforeAll(async () => {
  api = await startApi();
  theirs = await place(api, {
    email: 'zebulon@secret.example',
    birth: { ...goodOrder().birth, name: SECRET },
  });
  cookie = await signIn(api);
  own = await Promise.all(Array.from({ length: 40 }, () => place(api)));
  for (const { orderId } of own.slice(10)) await api.deliver(await api.pay(orderId));
});
afterAll(() => api[Symbol.asyncDispose]());

test(
  'every route answers any input below 500, without a stack and without data of another customer',
  async () => {
    const statuses = new Map<number, number>();
    const reached = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(arbitraryRequest(api.app.swagger()), nearlyGood(own, cookie)),
        fc.boolean(),
        fc.ipV4(), // with one address, a lockout would hide the rest
        async ({ method, path, headers, body }, asOperator, remoteAddress) => {
          const operator = asOperator && path.startsWith('/v1/operator') ? { cookie } : {};
          const response = await api.app.inject({
            method: method === 'DELETE' ? 'DELETE' : method === 'GET' ? 'GET' : 'POST',
            url: path,
            remoteAddress,
            headers: { ...headers, ...operator },
            ...(body !== undefined && { payload: body }),
          });
          api.answers.check(method, path, {
            status: response.statusCode,
            type: typeOf(response.headers['content-type']),
            body: response.body,
          });
          count(statuses, response.statusCode);
          if (response.statusCode < 400) count(reached, routeOf(method, path));
          expect(response.statusCode, response.body).toBeLessThan(500);
          expect(response.body).not.toMatch(/\n\s+at .+:\d+:\d+|node_modules|\/src\//);
          expect(response.body).not.toMatch(/Zebulon|zebulon@/);
          if (response.statusCode >= 400 && response.headers['content-type']?.includes('json')) {
            expect(response.json()).toMatchObject({
              status: response.statusCode,
              code: expect.any(String),
            });
          }
        },
      ),
      { numRuns: CASES, seed: SEED },
    );
    const told = (counts: Map<unknown, number>) =>
      [...counts].toSorted(([, a], [, b]) => b - a).map(([each, times]) => `${times} x ${each}`);
    process.stdout.write(
      `${CASES} requests, seed ${SEED}\n  answers: ${told(statuses).join(', ')}\n  taken: ${told(reached).join(', ')}\n`,
    );
    // a fuzz test whose requests are all refused at the door shows nothing
    expect(reached.get('POST /v1/orders') ?? 0).toBeGreaterThan(CASES / 50);
  },
  LONG,
);

function count<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The route without ids. */
function routeOf(method: string, path: string): string {
  const [pattern = ''] = path.replaceAll(/\/(ord_[^/]*|[od]\/.*)/g, '/:id').split('?');
  return `${method} ${pattern}`;
}

test(
  'a webhook with one changed byte in its body or signature changes nothing',
  async () => {
    const event = JSON.stringify(await api.pay(theirs.orderId));
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: event.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('stripe', 'sendgrid'),
        fc.option(fc.string(), { nil: 't=1,v1=00' }),
        async (at, change, provider, signature) => {
          const bytes = Buffer.from(event);
          bytes[at] = (bytes[at] ?? 0) ^ change;
          const header = Buffer.from(signature)
            .toString('latin1')
            .replace(/[^\x20-\x7e]/g, '?');
          const response = await api.app.inject({
            method: 'POST',
            url: `/v1/webhooks/${provider}`,
            headers: {
              'content-type': 'application/json',
              'stripe-signature': header,
              'x-twilio-email-event-webhook-signature': header,
              'x-twilio-email-event-webhook-timestamp': String(change),
            },
            payload: bytes,
          });
          expect(response.statusCode).toBe(400);
        },
      ),
      { numRuns: CASES / 10, seed: SEED },
    );
    expect((await api.store.orders.find(theirs.orderId))?.state).toBe('awaiting_payment');
  },
  LONG,
);

test(
  'an order is read only with its own token',
  async () => {
    const path = `/v1/orders/${theirs.orderId}`;
    expect((await api.request(path, bearer(theirs))).status).toBe(200);
    const [id = '', mac = ''] = theirs.accessToken.split('.');
    const other = createHash('sha256').update('x').digest('base64url');
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 42 }), fc.constantFrom(...'Aa0_-'), async (at, character) => {
        const changed = `${mac.slice(0, at)}${character}${mac.slice(at + 1)}`;
        for (const token of [`${id}.${changed}`, `${id}.${other}`, `${id}.`]) {
          if (token === theirs.accessToken) continue;
          const response = await api.app.inject({
            url: path,
            headers: { authorization: `Bearer ${token}` },
          });
          expect([401, 404]).toContain(response.statusCode);
        }
      }),
      { numRuns: 100, seed: SEED },
    );
  },
  LONG,
);
