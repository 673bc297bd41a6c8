import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiRig, OPERATOR_PASSWORD, startApi } from '../api-rig.ts';
import { signIn } from './sign-in.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const PAGES = ['/operator/queues', '/operator/queues/api/queues', '/operator/queues/static/'];

test.each(PAGES)('%s is closed without a session', async (path) => {
  const basic = `Basic ${Buffer.from(`x:${OPERATOR_PASSWORD}`).toString('base64')}`;
  for (const headers of [{}, { authorization: basic }, { cookie: forgedCookie() }]) {
    expect((await api.request(path, { headers })).status).toBe(401);
  }
  const browser = await api.request(path, { headers: { accept: 'text/html' } });
  expect([browser.status, browser.headers.get('location')]).toEqual([303, '/operator/sign-in']);
});

async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { code: unknown }).code;
}

/** Not expired, but signed with another key. */
function forgedCookie(): string {
  const until = String(Date.now() + 60_000);
  const mac = createHmac('sha256', 'another key').update(until).digest('base64url');
  return `__Host-almanac_operator=${until}.${mac}`;
}

test('/readyz shows what is wrong to an operator who has signed in, and not to who knows no more than a password', async () => {
  const cookie = await signIn(api);
  const trouble = async (headers: Record<string, string>) =>
    ((await (await api.request('/readyz', { headers })).json()) as { trouble?: unknown }).trouble;
  expect(await trouble({ cookie })).toEqual({ alarms: [], alertsNotSent: [] });
  expect(await trouble({ cookie: forgedCookie() })).toBeUndefined();
  // there tries are not counted: nobody is to find out a password
  expect(await trouble({ authorization: `Bearer ${OPERATOR_PASSWORD}` })).toBeUndefined();
});

test('an operator who has signed in sees the four queues', async () => {
  const cookie = await signIn(api);
  const response = await api.request('/operator/queues/api/queues', { headers: { cookie } });
  expect(response.status).toBe(200);
  const { queues } = (await response.json()) as { queues: { name: string }[] };
  expect(queues.map((queue) => queue.name)).toEqual([
    'life-clarity',
    'blueprint',
    'personal-horoscope',
    'bundle',
  ]);
});

test('without Redis the board answers 503, and says what is away', async () => {
  await using alone = await startApi();
  const cookie = await signIn(alone);
  await alone.redis.close();
  for (const path of ['/operator/queues/api/queues', '/operator/queues/api/redis/stats']) {
    const response = await alone.request(path, { headers: { cookie } });
    expect([response.status, await codeOf(response)]).toEqual([503, 'redis_unavailable']);
    expect(response.headers.get('content-type')).toMatch('application/problem+json');
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  }
  expect((await alone.request('/operator/queues', { headers: { cookie } })).status).toBe(200);
});

test('the session is a cookie that scripts cannot read, other sites cannot send and sister domains cannot set', async () => {
  const response = await api.post('/operator/sign-in', { password: OPERATOR_PASSWORD });
  expect(response.headers.get('set-cookie')).toMatch(
    /^__Host-almanac_operator=\d+\.[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
  );
});

test('a session cookie with a moved expiry or an altered signature is refused', async () => {
  const cookie = await signIn(api);
  const moved = cookie.replace(/=(\d+)\./, (_all, until) => `=${Number(until) + 1}.`);
  for (const changed of [moved, cookie.slice(0, -1), `${cookie}x`]) {
    const response = await api.request('/operator/queues', { headers: { cookie: changed } });
    expect(response.status).toBe(401);
  }
});

test('the board has a link for signing out, and loads nothing from other sites', async () => {
  const headers = { cookie: await signIn(api), accept: 'text/html' };
  const board = await (await api.request('/operator/queues', { headers })).text();
  expect(board).toContain('"url":"/operator/sign-out"');
  expect(board).not.toMatch(/(href|src)="(https?:)?\/\//);
  const page = await (await api.request('/operator/sign-out', { headers })).text();
  expect(page).toContain('<form method="post" action="/operator/sign-out">');
});

test('signing out deletes the cookie', async () => {
  const cookie = await signIn(api);
  const response = await api.request('/operator/sign-out', { method: 'POST', headers: { cookie } });
  expect(response.headers.get('set-cookie')).toMatch(/^__Host-almanac_operator=; Max-Age=0;/);
});

test("another site's page can neither act for an operator nor sign one in", async () => {
  const cookie = await signIn(api);
  const foreign: Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ];
  for (const headers of foreign) {
    const act = await api.post(
      '/v1/operator/reports/x/cancel',
      { why: 'w' },
      { cookie, ...headers },
    );
    expect([act.status, await codeOf(act)]).toEqual([403, 'forged_request']);
    const sign = await api.post('/operator/sign-in', { password: OPERATOR_PASSWORD }, headers);
    expect(sign.status).toBe(403);
  }
  const own = await api.post(
    '/v1/operator/reports/x/cancel',
    { why: 'w' },
    { cookie, 'sec-fetch-site': 'same-origin', origin: api.url },
  );
  expect(own.status).toBe(404);
});

test('the form says what is wrong, and accepts the right password', async () => {
  const send = (password: string) =>
    api.request('/operator/sign-in', {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ password }).toString(),
    });
  const wrong = await send('<script>');
  expect(wrong.status).toBe(401);
  expect(await wrong.text()).toContain('Wrong password: it is the value of OPERATOR_PASSWORD.');
  const right = await send(OPERATOR_PASSWORD);
  expect([right.status, right.headers.get('location')]).toEqual([303, '/operator/queues']);
});

test('a program can send the password as a Bearer token, and guessing locks it out as well', async () => {
  await using fresh = await startApi();
  const ask = (password: string) =>
    fresh.request('/v1/operator/reports', { headers: { authorization: `Bearer ${password}` } });
  for (let each = 0; each < 12; each += 1) {
    expect((await ask(OPERATOR_PASSWORD)).status).toBe(200);
  }
  for (let each = 0; each < 10; each += 1) expect((await ask('guess')).status).toBe(401);
  expect((await ask(OPERATOR_PASSWORD)).status).toBe(429);
});

describe('lockout', () => {
  test('the eleventh try from an address has to wait a quarter of an hour, even with the right password', async () => {
    await using fresh = await startApi();
    const answers = [];
    for (let each = 0; each < 10; each += 1) {
      answers.push((await fresh.post('/operator/sign-in', { password: 'guess' })).status);
    }
    expect(answers).toEqual(Array(10).fill(401));
    const locked = await fresh.post('/operator/sign-in', { password: OPERATOR_PASSWORD });
    expect([locked.status, await codeOf(locked)]).toEqual([429, 'rate_limited']);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(890);
    expect(fresh.lines.join('')).not.toContain('guess');
  });
});
