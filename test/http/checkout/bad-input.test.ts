import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ApiRig, goodOrder, OPERATOR_PASSWORD, startApi } from '../api-rig.ts';
import { problemIn } from '../problem-in.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const unpaid = () => Array.fromAsync(api.store.orders.inState('awaiting_payment'));

const birth = goodOrder().birth;
const inFull = { name: 'Vienna', latitude: 48.2, longitude: 16.4, timeZone: 'Europe/Vienna' };

/** What is wrong, the field that must be named, and a word of the fix. */
const BAD_ORDERS: [string, object, string, RegExp][] = [
  ['an unknown product', { products: ['tarot'] }, 'products.0', /life-clarity.*bundle/],
  ['a product named twice', { products: ['blueprint', 'blueprint'] }, 'products.1', /once/],
  ['a product next to the bundle', { products: ['bundle', 'blueprint'] }, 'products.0', /alone/],
  ['no product', { products: [] }, 'products', /life-clarity/],
  [
    'an impossible date',
    { birth: { ...birth, date: '1990-02-30' } },
    'birth.date',
    /1990-02-30|day/,
  ],
  ['a birth in the future', { birth: { ...birth, date: '2099-01-01' } }, 'birth.date', /future/],
  ['a date in words', { birth: { ...birth, date: '15 June' } }, 'birth.date', /YYYY-MM-DD/],
  ['a time in words', { birth: { ...birth, time: 'noon' } }, 'birth.time', /HH:MM/],
  [
    'a time in a gap',
    { birth: { ...birth, date: '2020-03-29', time: '02:30' } },
    'birth.time',
    /\d/,
  ],
  [
    'an unknown place id',
    { birth: { ...birth, place: { id: 'atlantis' } } },
    'birth.place.id',
    /places/,
  ],
  [
    'a latitude beyond the pole',
    { birth: { ...birth, place: { ...inFull, latitude: 95 } } },
    'birth.place.latitude',
    /-90 to 90/,
  ],
  [
    'coordinates in words',
    { birth: { ...birth, place: { ...inFull, latitude: '48' } } },
    'birth.place.latitude',
    /number/,
  ],
  [
    'a place without its longitude',
    { birth: { ...birth, place: { ...inFull, longitude: undefined } } },
    'birth.place.longitude',
    /./,
  ],
  [
    'a place that is only a name',
    { birth: { ...birth, place: 'Vienna' } },
    'birth.place',
    /\{id\} from GET \/v1\/places/,
  ],
  [
    'a name in hieroglyphs, which no font has',
    { birth: { ...birth, name: 'Ada \u{13080}' } },
    'birth.name',
    /U\+13080.*without them/,
  ],
  [
    'a letter with a mark that no font has',
    { birth: { ...birth, name: 'क\u{1ab0}' } },
    'birth.name',
    /U\+0915 U\+1AB0/,
  ],
  [
    'a typed place that no font has',
    { birth: { ...birth, place: { ...inFull, name: 'Ur \u{12000}' } } },
    'birth.place.name',
    /U\+12000/,
  ],
  ['no place', { birth: { ...birth, place: null } }, 'birth.place', /\{id\} from GET/],
  [
    'an unknown time zone',
    { birth: { ...birth, place: { ...inFull, timeZone: 'Mars/Olympus' } } },
    'birth.place.timeZone',
    /Europe/,
  ],
  [
    'an offset as the time zone of its year',
    { timeZone: '+02:00' },
    'timeZone',
    /not an offset.*Europe\/Vienna/,
  ],
  [
    'an offset as the time zone of its birth place',
    { birth: { ...birth, place: { ...inFull, timeZone: '+01:00' } } },
    'birth.place.timeZone',
    /not an offset.*Europe\/Vienna/,
  ],
  ['a report year in an unknown zone', { timeZone: 'Mars/Olympus' }, 'timeZone', /Europe\/Berlin/],
  ['a start on an impossible day', { startDate: '2027-02-29' }, 'startDate', /YYYY-MM-DD/],
  ['a start before the birth', { startDate: '1980-01-01' }, 'startDate', /1990-06-15/],
  ['an empty name', { birth: { ...birth, name: '  ' } }, 'birth.name', /1 to 120/],
  ...['\u200b\u200d', '\u3164', '\u2800', '\u00ad\ufe0f', '\u0301', '\u202e \u2066'].map(
    (name): (typeof BAD_ORDERS)[number] => [
      `a name that nobody sees (${encodeURIComponent(name.toWellFormed())})`,
      { birth: { ...birth, name } },
      'birth.name',
      /of them visible/,
    ],
  ),
  ['half a character for a name', { birth: { ...birth, name: 'A\ud800' } }, 'birth.name', /120/],
  ['a name with a line break', { birth: { ...birth, name: 'A\nB' } }, 'birth.name', /printable/],
  ['an e-mail without @', { email: 'ada.example.com' }, 'email', /ada@example\.com/],
  [
    'an e-mail that is too long before its @',
    { email: `${'a'.repeat(65)}@example.com` },
    'email',
    /64/,
  ],
  ['an e-mail too long in all', { email: `${'a'.repeat(300)}@example.com` }, 'email', /64/],
  ['a price of its own', { amountMinor: 1 }, 'amountMinor', /leave it out/],
  ['a house system of its own', { houseSystem: 'mine' }, 'houseSystem', /placidus/],
];

async function expectNothingStored() {
  expect(await unpaid()).toEqual([]);
  expect(await api.jobs()).toEqual([]);
  const journal = await fetch(`${api.stripeUrl}/_sandbox/journal`);
  expect(await journal.text()).not.toContain('checkout/sessions');
}

test.each(BAD_ORDERS)(
  'an order with %s is refused, with the field and the fix',
  async (_, change, field, fix) => {
    const response = await api.post('/v1/orders', goodOrder(change));
    expect(response.status).toBe(422);
    const problem = await problemIn(response);
    expect(problem.code).toBe('invalid_input');
    expect(problem.errors).toEqual([{ field, message: expect.stringMatching(fix) }]);
    await expectNothingStored();
  },
);

test('everything that is wrong with an order is reported at once', async () => {
  const response = await api.post('/v1/orders', { email: 'x', products: 'blueprint' });
  const { errors } = await problemIn(response);
  expect(errors?.map((each) => each.field)).toEqual(['email', 'products', 'birth']);
});

test('what only the catalogue, the places and the calendar know is reported with what the form shows', async () => {
  const wrong = {
    email: 'x',
    products: ['tarot', 'blueprint', 'blueprint'],
    birth: { ...birth, date: '1990-02-30', time: 'noon', place: { id: 'atlantis' } },
    timeZone: 'Mars/Olympus',
    startDate: '2027-02-29',
  };
  const fieldsOf = async (body: object, headers = {}) =>
    (await problemIn(await api.post('/v1/orders', body, headers))).errors?.map(
      ({ field }) => field,
    );
  expect(await fieldsOf(wrong, { 'idempotency-key': 'x' })).toEqual([
    'idempotency-key',
    'email',
    'birth.time',
    'products.0',
    'products.2',
    'birth.place.id',
    'birth.date',
    'timeZone',
    'startDate',
  ]);
  // the same where the form is right
  const { email: _, ...rest } = wrong;
  const formed = { ...goodOrder(rest), birth: { ...wrong.birth, time: '14:30' } };
  expect(await fieldsOf(formed)).toEqual([
    'products.0',
    'products.2',
    'birth.place.id',
    'birth.date',
    'timeZone',
    'startDate',
  ]);
  await expectNothingStored();
});

test('a field that cannot be read causes no other complaint', async () => {
  const unreadable = { birth: { ...birth, date: 'soon' }, startDate: '1800-01-01' };
  const response = await api.post('/v1/orders', goodOrder(unreadable));
  const { errors } = await problemIn(response);
  expect(errors?.map(({ field }) => field)).toEqual(['birth.date']);

  // now, on clocks east of here: without its place it could be taken for tomorrow
  const clock = new Date(Date.now() + 13 * 3_600_000).toISOString();
  const born = { ...birth, date: clock.slice(0, 10), time: clock.slice(11, 16) };
  for (const place of ['Auckland', { id: 'atlantis' }]) {
    const lost = await api.post('/v1/orders', goodOrder({ birth: { ...born, place } }));
    const fields = (await problemIn(lost)).errors?.map(({ field }) => field);
    expect(fields).toEqual([typeof place === 'string' ? 'birth.place' : 'birth.place.id']);
  }
});

test('faults of the address and of the body are reported together', async () => {
  const response = await api.post(
    `/v1/operator/reports/${'r'.repeat(121)}/cancel`,
    { why: '' },
    { authorization: `Bearer ${OPERATOR_PASSWORD}` },
  );
  const { errors } = await problemIn(response);
  expect(errors?.map(({ field }) => field)).toEqual(['reportId', 'why']);
});

test('a body that is not JSON is 400', async () => {
  const headers = { 'content-type': 'application/json' };
  const response = await api.request('/v1/orders', { method: 'POST', headers, body: '{"email":' });
  expect(response.status).toBe(400);
  expect((await problemIn(response)).detail).toMatch(/valid JSON/);
  await expectNothingStored();
});

test('a body over 64 KB is 413', async () => {
  const response = await api.post('/v1/orders', goodOrder({ email: 'a'.repeat(65 * 1024) }));
  expect(response.status).toBe(413);
  expect((await problemIn(response)).detail).toMatch(/64 KB/);
  await expectNothingStored();
});

test.each(['text/csv', 'text/plain'])('a body of type %s is 415', async (type) => {
  const headers = { 'content-type': type };
  const body = JSON.stringify(goodOrder());
  const response = await api.request('/v1/orders', { method: 'POST', headers, body });
  expect(response.status).toBe(415);
  expect((await problemIn(response)).detail).toMatch(/application\/json/);
});

test('visible names are accepted, also with joiners and combining marks', async () => {
  for (const name of ['Ö', '李', 'نور‌الدین', '👩‍🚀 Ada', 'Zoë̈', 'O’Neil']) {
    const response = await api.post(
      '/v1/orders',
      goodOrder({ email: 'x', birth: { ...birth, name } }),
    );
    const { errors } = await problemIn(response);
    expect(errors?.map((each) => each.field)).toEqual(['email']);
  }
});

test('an invalid idempotency key is refused', async () => {
  const response = await api.post('/v1/orders', goodOrder(), { 'idempotency-key': 'x' });
  expect(response.status).toBe(422);
  expect((await problemIn(response)).errors?.[0]?.field).toBe('idempotency-key');
  await expectNothingStored();
});

test('while Stripe is away an order is 503 with Retry-After, and nothing is half done', async () => {
  await api.breakStripe({ kind: '503', count: 2, retryAfter: 7 });
  const response = await api.post('/v1/orders', goodOrder());
  expect(response.status).toBe(503);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await problemIn(response)).code).toBe('stripe_unavailable');
  expect(await unpaid()).toEqual([]);
});

test('a refusal puts neither a stack nor an e-mail address into the answer or the log', async () => {
  const response = await api.post('/v1/orders', goodOrder({ email: 'secret.example.com' }));
  expect(await response.text()).not.toMatch(/secret\.example|at .*\.ts/);
  expect(api.lines.join('')).not.toContain('secret.example');
});
