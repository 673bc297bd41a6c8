/** The day's cap is reached in the middle of a horoscope, and raised. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { reportIdOf } from '../../src/domain/ids.ts';
import { openShop } from './shop.ts';

/** The command needs no Redis: the sweeper finds what it releases. */
const AWAY = 'redis://127.0.0.1:1';
const OPERATOR = 'operator@almanac.example';
const lettersSchema = z.object({
  messages: z.array(z.object({ subject: z.string() })),
});

let shop: Awaited<ReturnType<typeof openShop>>;
beforeAll(async () => {
  shop = await openShop({
    timeScale: 4,
    environment: { OPERATOR_EMAIL: OPERATOR, CAP_DAY_USD: '0.3' },
  });
});
afterAll(() => shop?.close());

async function alerts(): Promise<string[]> {
  const response = await fetch(`${shop.sandbox.sendgrid}/_sandbox/messages?to=${OPERATOR}`);
  return lettersSchema.parse(await response.json()).messages.map(({ subject }) => subject);
}

async function raise(dollars: string): Promise<string> {
  const env = { ...process.env, DATABASE_URL: shop.databaseUrl, REDIS_URL: AWAY };
  const args = ['cli/almanac.ts', 'caps', '--day', dollars];
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  return stdout;
}

test('a horoscope is held at the cap, with alerts at 50, 80 and 100 %, and resumes when it is raised', async () => {
  const order = await shop.order(['personal-horoscope']);
  await shop.pay(order);
  const id = reportIdOf(order.orderId, 'personal-horoscope');
  const state = async () => (await shop.store.reports.find(id))?.state;
  await expect.poll(state, { timeout: 60_000, interval: 100 }).toBe('held');
  expect((await shop.store.reports.find(id))?.reason).toBe('spend_cap');
  await expect.poll(async () => (await alerts()).length).toBe(3);
  const standing = await shop.store.sections.steps({ id, editions: [{ edition: 1, fromStep: 1 }] });
  expect(standing.length).toBeGreaterThan(20);

  expect(await raise('500')).toContain('1 held reports continue');
  expect(await shop.untilSettled(order)).toBe('fulfilled');
  expect((await alerts()).map((subject) => /\d+%/.exec(subject)?.[0])).toEqual([
    '50%',
    '80%',
    '100%',
  ]);
  const answered = (await shop.modelRequests()).filter(({ outcome }) => outcome === 'answered');
  const ids = answered.flatMap((request) => request.asked as string[]);
  expect(ids).toHaveLength(8620);
  expect(new Set(ids).size).toBe(8620);
  const used = await shop.store.spend.usageOfReport(id);
  const day = await shop.store.spend.find(`day-${used?.day}`);
  expect(day?.committedMicros).toBe(used?.costMicros);
}, 120_000);
