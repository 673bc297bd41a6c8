/** Requests of real customers and operators with at most one thing spoilt, so that they reach deep. */
import fc from 'fast-check';
import { HOUSE_SYSTEMS, ZODIACS } from '../../src/domain/birth.ts';
import { REPORT_STATES } from '../../src/domain/transitions.ts';
import { hostile, type Sent, spoiltCopy } from './arbitrary-input.ts';

interface Good {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: unknown;
}
export interface Own {
  orderId: string;
  accessToken: string;
}

const day = (first: string, last: string): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date(first), max: new Date(last), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10));
const twoDigits = (most: number): fc.Arbitrary<string> =>
  fc.nat({ max: most }).map((value) => String(value).padStart(2, '0'));
const time = fc.tuple(twoDigits(23), twoDigits(59)).map((parts) => parts.join(':'));
const zone = fc.constantFrom('Europe/Vienna', 'America/New_York', 'Asia/Kolkata', 'UTC');
const inFull = fc.record({
  name: fc.constantFrom('Vienna', 'São Paulo', '東京'),
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  timeZone: zone,
});

const order = fc.record(
  {
    email: fc.constantFrom('ada@example.com', 'grace+1@mail.example.org'),
    products: fc.oneof(
      fc.constant(['bundle']),
      fc.subarray(['life-clarity', 'blueprint', 'personal-horoscope'], { minLength: 1 }),
    ),
    birth: fc.record(
      {
        name: fc.constantFrom('Ada', 'نور‌الدین', 'Zoë O’Neil', '李'),
        date: day('1850-01-01', '2025-12-31'),
        time: fc.option(time),
        fold: fc.constantFrom('earlier', 'later'),
        calendar: fc.constantFrom('old', 'new'),
        utcOffset: fc.constantFrom('+08:00', '-03:30', '+16:00', '+00:19:32'),
        place: fc.oneof(fc.constant({ id: 'vienna' }), inFull),
      },
      { requiredKeys: ['name', 'date', 'time', 'place'] },
    ),
    timeZone: zone,
    startDate: day('2026-01-01', '2098-12-31'),
    houseSystem: fc.constantFrom(...HOUSE_SYSTEMS),
    zodiac: fc.constantFrom(...ZODIACS),
  },
  { requiredKeys: ['email', 'products', 'birth'] },
);

/** @param own orders that may be changed and erased @param cookie an operator's */
export function nearlyGood(own: readonly Own[], cookie: string): fc.Arbitrary<Sent> {
  const orders = own.map(({ orderId }) => orderId);
  const report = fc.constantFrom(...orders.map((id) => `${id}-life-clarity`));
  const why = fc.constant({ why: 'a customer asked' });

  const place = fc
    .record({ body: order, key: fc.option(fc.uuid(), { nil: undefined }) })
    .map(({ body, key }): Good => {
      const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
      return { method: 'POST', path: '/v1/orders', headers, body };
    });
  const customer = fc
    .tuple(
      fc.constantFrom(...own),
      fc.constantFrom(
        ['GET', ''],
        ['POST', '/confirm'],
        ['POST', '/start'],
        ['POST', '/cancel'],
        ['POST', '/email'],
        ['GET', '/reports/life-clarity'],
        ['DELETE', ''],
      ),
    )
    .map(([{ orderId, accessToken }, [method = '', rest]]): Good => {
      const headers = { authorization: `Bearer ${accessToken}` };
      return { method, path: `/v1/orders/${orderId}${rest}`, headers };
    });
  const correct = fc
    .tuple(fc.constantFrom(...own), order)
    .map(([{ orderId, accessToken }, { birth }]): Good => {
      const headers = { authorization: `Bearer ${accessToken}` };
      const path = `/v1/orders/${orderId}/correct`;
      return { method: 'POST', path, headers, body: { birth } };
    });
  const page = fc
    .tuple(fc.constantFrom(...own), fc.constantFrom('/o/', '/d/'))
    .map(([{ accessToken }, door]): Good => ({ method: 'GET', path: `${door}${accessToken}` }));
  const search = fc
    .record({ q: fc.constantFrom('vienna', 'Wi', 'são'), limit: fc.integer({ min: 1, max: 20 }) })
    .map(
      ({ q, limit }): Good => ({
        method: 'GET',
        path: `/v1/places?q=${encodeURIComponent(q)}&limit=${limit}`,
      }),
    );

  const byOperator = (good: fc.Arbitrary<Good>) =>
    good.map((each) => ({ ...each, headers: { cookie } }));
  const operate = fc.oneof(
    fc
      .tuple(report, fc.constantFrom('hold', 'release', 'cancel', 'hasten'), why)
      .map(([id, verb, body]): Good => ({ ...post(`reports/${id}/${verb}`), body })),
    fc.tuple(report, why, fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined })).map(
      ([id, body, fromStep]): Good => ({
        ...post(`reports/${id}/retry`),
        body: { ...body, ...(fromStep !== undefined && { fromStep }) },
      }),
    ),
    fc.tuple(fc.constantFrom(...orders), why, fc.boolean()).map(
      ([id, body, whole]): Good => ({
        ...post(`orders/${id}/refund`),
        body: whole ? body : { ...body, product: 'life-clarity' },
      }),
    ),
    fc
      .constantFrom(...REPORT_STATES)
      .map((state): Good => ({ method: 'GET', path: `/v1/operator/reports?state=${state}` })),
    fc.tuple(day('2026-01-01', '2026-06-30'), day('2026-07-01', '2026-12-31')).map(
      ([from, to]): Good => ({
        method: 'GET',
        path: `/v1/operator/usage?from=${from}&to=${to}`,
      }),
    ),
  );

  return fc
    .oneof(
      { weight: 5, arbitrary: place },
      { weight: 3, arbitrary: customer },
      { weight: 2, arbitrary: correct },
      { weight: 3, arbitrary: byOperator(operate) },
      page,
      search,
    )
    .chain((good) =>
      fc.oneof(
        { weight: 2, arbitrary: fc.constant(good) },
        { weight: 3, arbitrary: spoiltCopy(good.body).map((body) => ({ ...good, body })) },
        hostile.map((part) => ({ ...good, path: spoilPath(good.path, part) })),
      ),
    )
    .map(({ method, path, headers = {}, body }) => ({
      method,
      path,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    }));
}

const post = (rest: string): Good => ({ method: 'POST', path: `/v1/operator/${rest}` });

/** Replaces the last part of the path, or the last query value. */
function spoilPath(path: string, part: string): string {
  return path.replace(/[^/=]*$/, () => encodeURIComponent(part.toWellFormed()));
}
