/** Processes die, and an operator's mailbox says so. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { type House, openHouse } from '../../chaos/house.ts';
import { eventually } from '../eventually.ts';

const OPERATOR = 'operator@almanac.example';
const mailbox = z.object({ messages: z.array(z.object({ subject: z.string() })) });
let folder: string;
let house: House;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'almanac-alarm-'));
  const environment = { OPERATOR_EMAIL: OPERATOR };
  const how = { timeScale: 10, latencyMs: 10, store: 'sqlite', workers: ['bundle'] } as const;
  house = await openHouse({ folder, environment, ...how });
}, 60_000);
afterAll(async () => {
  await house?.close();
  await rm(folder, { recursive: true });
});

async function told(): Promise<string[]> {
  const response = await fetch(`${house.sandbox.sendgrid}/_sandbox/messages?to=${OPERATOR}`);
  return mailbox.parse(await response.json()).messages.map(({ subject }) => subject);
}

test('the API mails that all workers are dead, a worker that the API is dead, and each that it is over', async () => {
  for (const [processes, what] of [
    [house.workers, 'no worker is alive'],
    [house.apis, 'the API is not alive'],
  ] as const) {
    await Promise.all(processes.map((each) => each.end('SIGKILL')));
    await eventually(async () => expect(await told()).toContain(`Almanac alert: ${what}`));
    await Promise.all(processes.map((each) => each.start()));
    await eventually(async () => expect(await told()).toContain(`Almanac alert: over: ${what}`));
  }
}, 120_000);
