/** A birth that could have been at more than one instant: the question, its answer, and what the order says. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type ApiRig, bearer, goodOrder, startApi } from '../api-rig.ts';
import { URUMQI } from '../known-places.ts';

let api: ApiRig;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api[Symbol.asyncDispose]());

const moscow = {
  name: 'Moscow',
  latitude: 55.75222,
  longitude: 37.61556,
  timeZone: 'Europe/Moscow',
};
const houston = {
  name: 'Houston',
  latitude: 29.76328,
  longitude: -95.36327,
  timeZone: 'America/Chicago',
};

const question = z.looseObject({
  choices: z.array(z.looseObject({ value: z.string(), utc: z.string() })),
});
const placedOrder = z.looseObject({
  orderId: z.string(),
  accessToken: z.string(),
  checkoutUrl: z.string(),
  birth: z.looseObject({ utc: z.string() }),
});

async function ask(birth: object): Promise<z.infer<typeof question>> {
  const response = await api.post('/v1/orders', goodOrder({ birth }));
  expect(response.status).toBe(422);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return question.parse(await response.json());
}

async function order(birth: object): Promise<z.infer<typeof placedOrder>> {
  const response = await api.post('/v1/orders', goodOrder({ birth }));
  return placedOrder.parse(await response.json());
}

test('a place with two zones is asked about, and the chosen zone is stored', async () => {
  const birth = { name: 'Ada', date: '1990-01-15', time: '12:00', place: { id: URUMQI.id } };
  const problem = await ask(birth);
  expect(problem).toMatchObject({
    code: 'ambiguous_birth',
    field: 'birth.place.timeZone',
    choices: [
      { value: 'Asia/Urumqi', label: 'UTC+06:00', utc: '1990-01-15T06:00:00Z' },
      { value: 'Asia/Shanghai', label: 'UTC+08:00', utc: '1990-01-15T04:00:00Z' },
    ],
  });
  const timeZone = problem.choices[1]?.value;
  const told = { ...birth, place: { ...birth.place, timeZone } };
  const placed = await order(told);
  expect(placed.birth).toEqual({
    utc: '1990-01-15T04:00:00Z',
    offsetSeconds: 28_800,
    offsetUncertain: null,
  });
  const stored = await api.store.orders.find(placed.orderId);
  expect(stored?.subject.birth.place.timeZone).toBe('Asia/Shanghai');
  expect(stored?.subject.birth).not.toHaveProperty('otherZone');
});

test('a zone that is not in use at the place is refused, naming those that are', async () => {
  const place = { id: URUMQI.id, timeZone: 'Asia/Tokyo' };
  const birth = { name: 'Ada', date: '1990-01-15', time: '12:00', place };
  const response = await api.post('/v1/orders', goodOrder({ birth }));
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    code: 'invalid_input',
    errors: [
      {
        field: 'birth.place.timeZone',
        message: expect.stringMatching('Asia/Urumqi or Asia/Shanghai'),
      },
    ],
  });
});

test('a date that no calendar showed is asked about, and kept with both its dates', async () => {
  const birth = { name: 'Ada', date: '1918-02-05', time: '12:00', place: moscow };
  const asked = await ask(birth);
  expect(asked).toMatchObject({ code: 'ambiguous_birth', field: 'birth.calendar' });
  expect(asked.choices.map(({ value }) => value)).toEqual(['old', 'new']);
  const placed = await order({ ...birth, calendar: 'old' });
  const stored = await api.store.orders.find(placed.orderId);
  expect(stored?.subject.birth).toMatchObject({
    date: '1918-02-05',
    newStyleDate: '1918-02-18',
    utc: '1918-02-18T09:28:41Z',
  });
});

test('a repeated hour is asked about in the same way', async () => {
  const birth = { name: 'Ada', date: '1996-10-27', time: '02:30', place: { id: 'vienna' } };
  const asked = await ask(birth);
  expect(asked).toMatchObject({ code: 'ambiguous_birth', field: 'birth.fold' });
  const placed = await order({ ...birth, fold: asked.choices[1]?.value });
  expect(placed.birth.utc).toBe(asked.choices[1]?.utc);
});

test('an uncertain offset is said to be so, and goes when the offset is given', async () => {
  const birth = { name: 'Ada', date: '1960-07-04', time: '12:00', place: houston };
  const placed = await order(birth);
  expect(placed.birth).toMatchObject({
    utc: '1960-07-04T18:00:00Z',
    offsetUncertain: expect.stringMatching('chose their own summer time'),
  });
  const read = await api.request(
    `/v1/orders/${placed.orderId}`,
    bearer({ ...placed, status: 'awaiting_payment' }),
  );
  expect(await read.json()).toMatchObject({ birth: placed.birth });
  const other = await order({ ...birth, utcOffset: '-05:00' });
  expect(other.birth).toEqual({
    utc: '1960-07-04T17:00:00Z',
    offsetSeconds: -18_000,
    offsetUncertain: null,
  });
});

test.each(['+8', '+16:01', '08:00', '+08:60', 'Z'])(
  'an offset of "%s" is refused, with an example',
  async (utcOffset) => {
    const birth = { name: 'Ada', date: '1990-01-15', time: '12:00', place: houston, utcOffset };
    const response = await api.post('/v1/orders', goodOrder({ birth }));
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({
      errors: [{ field: 'birth.utcOffset', message: expect.stringContaining('+08:00') }],
    });
  },
);

test('a question comes after the faults: an order with a wrong address is asked nothing yet', async () => {
  const birth = { name: 'Ada', date: '1990-01-15', time: '12:00', place: { id: URUMQI.id } };
  const refuse = async (change: object) =>
    (await api.post('/v1/orders', goodOrder({ birth, ...change }))).json();
  const code = 'invalid_input';
  expect(await refuse({ email: 'x' })).toMatchObject({ code, errors: [{ field: 'email' }] });
  const start = { startDate: '2027-02-29' };
  expect(await refuse(start)).toMatchObject({ code, errors: [{ field: 'startDate' }] });
  expect(await refuse({})).toMatchObject({ code: 'ambiguous_birth' });
});
