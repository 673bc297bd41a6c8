import { Redis } from 'ioredis';
import { expect, onTestFinished, test } from 'vitest';
import { PRODUCTION_TIMINGS, scaledTimings } from '../../src/domain/patience.ts';
import { connectCounter } from '../../src/queue/connection.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { eventually } from '../eventually.ts';
import { startRedis } from '../queue/redis-server.ts';
import { type ApiRig, goodOrder, OPERATOR_PASSWORD, startApi } from './api-rig.ts';

async function startApis(count: number, redisUrl: string, trustedProxies = 0): Promise<ApiRig[]> {
  const apis: ApiRig[] = [];
  for (let each = 0; each < count; each += 1) {
    const counts = new Redis(redisUrl, { maxRetriesPerRequest: 0, enableOfflineQueue: false });
    counts.on('error', () => {});
    await new Promise((ready) => counts.once('ready', ready));
    const api = await startApi({ counts, trustedProxies });
    apis.push(api);
    onTestFinished(async () => {
      counts.disconnect();
      await api[Symbol.asyncDispose]();
    });
  }
  return apis;
}

async function openRedis() {
  const redis = await startRedis();
  onTestFinished(() => redis.close());
  return redis;
}

const bad = goodOrder({ email: 'nobody' });

test('two API processes share one count: both refuse the eleventh order in a minute', async () => {
  const redis = await openRedis();
  const [one, two] = await startApis(2, redis.url);
  if (!one || !two) throw new Error('two were started');
  const statuses = [];
  for (let each = 0; each < 5; each += 1) {
    statuses.push((await one.post('/v1/orders', bad)).status);
    statuses.push((await two.post('/v1/orders', bad)).status);
  }
  expect(statuses).toEqual(Array(10).fill(422));
  for (const api of [one, two]) {
    const refused = await api.post('/v1/orders', goodOrder());
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', status: 429 });
    // another route has its own count
    expect((await api.request('/v1/products')).status).toBe(200);
  }
});

test('without Redis orders are accepted uncounted, and health checks are never counted', async () => {
  const redis = await openRedis();
  const [api] = await startApis(1, redis.url);
  await redis.close();
  for (let each = 0; each < 12; each += 1) {
    expect((await api?.post('/v1/orders', bad))?.status).toBe(422);
  }
  expect((await api?.request('/healthz'))?.headers.get('x-ratelimit-limit')).toBeNull();
});

test('the address that counts is the one that the last trusted proxy saw, not the one that a client claims', async () => {
  const redis = await openRedis();
  const [api] = await startApis(1, redis.url, 2);
  const order = (forwarded: string) =>
    api?.post('/v1/orders', bad, { 'x-forwarded-for': forwarded });
  for (let each = 0; each < 10; each += 1) {
    // each claims to be another; the two entries of the proxies come last
    expect((await order(`10.9.8.${each}, 203.0.113.7, 198.51.100.1`))?.status).toBe(422);
  }
  expect((await order('10.9.8.77, 203.0.113.7, 198.51.100.1'))?.status).toBe(429);
  expect((await order('10.9.8.77, 203.0.113.8, 198.51.100.1'))?.status).toBe(422);
});

test('pages of listed sites may call the API from a browser, and others may not', async () => {
  await using api = await startApi();
  const ask = (origin: string) =>
    api.request('/v1/orders', {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'POST' },
    });
  const listed = await ask('https://shop.example');
  expect(listed.headers.get('access-control-allow-origin')).toBe('https://shop.example');
  expect(listed.headers.get('access-control-allow-credentials')).toBeNull();
  const other = await ask('https://evil.example');
  expect(other.headers.get('access-control-allow-origin')).toBeNull();
});

test('a page of a listed site may use every route that pages use, and read every header that the document names', async () => {
  await using api = await startApi();
  const asked = api.answers.operations.filter(
    ({ tags }) => !tags.includes('pages') && !tags.includes('service'),
  );
  const origin = 'https://shop.example';
  for (const { method, path, parameters, security, responses } of asked) {
    const own = parameters.filter((each) => each.in === 'header').map((each) => each.name);
    const headers = ['content-type', ...own, ...(security.length > 0 ? ['authorization'] : [])];
    const preflight = await api.request(path, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': headers.join(),
      },
    });
    const allowed = (name: string) =>
      (preflight.headers.get(`access-control-allow-${name}`) ?? '').toLowerCase().split(', ');
    expect(allowed('methods'), path).toContain(method.toLowerCase());
    const safe = ['accept']; // browsers never ask about it
    expect([...safe, ...allowed('headers')], path).toEqual(expect.arrayContaining(headers));
    const answer = await api.request('/v1/products', { headers: { origin } });
    const exposed = (answer.headers.get('access-control-expose-headers') ?? '').split(', ');
    const named = Object.values(responses).flatMap((each) => Object.keys(each.headers));
    expect(exposed).toEqual(expect.arrayContaining(named.map((name) => name.toLowerCase())));
  }
});

test('where development allows it, pages of localhost may call the API on any port, and no look-alike may', async () => {
  await using api = await startApi({ corsLocalhost: true });
  await using strict = await startApi();
  const isAllowed = async (origin: string, at = api) => {
    const { headers } = await at.request('/v1/products', { headers: { origin } });
    return headers.get('access-control-allow-origin') === origin;
  };
  for (const own of [
    'http://localhost:5173',
    'http://127.0.0.1:8080',
    'http://[::1]:4',
    'https://localhost',
  ]) {
    expect(await isAllowed(own), own).toBe(true);
    expect(await isAllowed(own, strict), own).toBe(false);
  }
  for (const other of [
    'http://localhost.evil.example',
    'https://evil.example',
    'http://evil.example:5173',
    'null',
  ]) {
    expect(await isAllowed(other), other).toBe(false);
  }
});

test('every answer names its request as the log does', async () => {
  await using api = await startApi();
  for (const path of ['/v1/products', '/nowhere', '/v1/orders/ord_x']) {
    const id = (await api.request(path)).headers.get('x-request-id');
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    await eventually(() => expect(api.lines.join('')).toContain(`"reqId":"${id}"`));
  }
});

test('every answer has the security headers, and a policy that allows no loading and no framing', async () => {
  await using api = await startApi();
  for (const path of ['/v1/products', '/nowhere', '/healthz', '/o/unknown', '/docs/']) {
    const { headers } = await api.request(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('strict-transport-security')).toMatch(/max-age=\d{8}/);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    expect(headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'/);
    expect(headers.get('x-powered-by')).toBeNull();
  }
});

/** The only wait that ends is the counter's own: a request that waits for any other is never answered. */
async function startHungApi() {
  const redis = await openRedis();
  const timings = { ...scaledTimings(1), redisAnswer: 3_600_000 };
  const log = createLog({ level: 'silent', pretty: false, process: 'test' });
  const counts = connectCounter({ redisUrl: redis.url, timings, log });
  await new Promise((ready) => counts.once('ready', ready));
  const api = await startApi({ counts });
  onTestFinished(async () => {
    redis.resume();
    counts.disconnect();
    await api[Symbol.asyncDispose]();
  });
  redis.suspend();
  return { api, redis };
}

test('while Redis hangs, requests wait 150 ms at most and go uncounted; then they are counted again', async () => {
  expect(PRODUCTION_TIMINGS.countAnswer).toBeLessThanOrEqual(150);
  const { api, redis } = await startHungApi();
  for (let each = 0; each < 12; each += 1) {
    expect((await api.post('/v1/orders', bad)).status).toBe(422);
  }
  redis.resume();
  await eventually(async () => {
    expect((await api.post('/v1/orders', bad)).status).toBe(429);
  });
});

test("while Redis hangs, nobody may try the operators' password", async () => {
  const { api } = await startHungApi();
  const tried = await api.request('/v1/operator/usage', {
    headers: { authorization: `Bearer ${OPERATOR_PASSWORD}` },
  });
  expect([tried.status, await tried.json()]).toMatchObject([503, { code: 'redis_unavailable' }]);
});
