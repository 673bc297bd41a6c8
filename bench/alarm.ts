/**
 * How long nobody knows: all workers are killed, and later all API processes, with SIGKILL. Seconds until the alert's
 * letter is in the operator's mailbox, and from their restart until the letter that it is over. At production's waits;
 * TIME_SCALE=5 divides them, ROUNDS=1 is shorter. `npm run bench -- alarm`
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { openHouse } from '../chaos/house.ts';
import type { HouseProcess } from '../chaos/process.ts';
import { scaledTimings } from '../src/domain/patience.ts';

const OPERATOR = 'operator@almanac.example';
const PROMISED_SECONDS = 120;
const LATE_MS = 300_000;
const mailbox = z.object({ messages: z.array(z.object({ subject: z.string() })) });

export async function run(): Promise<void> {
  const timeScale = Number(process.env.TIME_SCALE ?? 1);
  const rounds = Number(process.env.ROUNDS ?? 3);
  const timings = scaledTimings(timeScale);
  const folder = await mkdtemp(join(tmpdir(), 'almanac-alarm-'));
  const house = await openHouse({
    folder,
    timeScale,
    store: 'sqlite',
    latencyMs: 100,
    workers: ['life-clarity', 'blueprint', 'personal-horoscope', 'bundle'],
    environment: { OPERATOR_EMAIL: OPERATOR },
  });

  async function subjects(): Promise<string[]> {
    const response = await fetch(`${house.sandbox.sendgrid}/_sandbox/messages?to=${OPERATOR}`);
    return mailbox.parse(await response.json()).messages.map(({ subject }) => subject);
  }

  /** @returns seconds from `since` until the mailbox has so many letters of that subject */
  async function until(subject: string, count: number, since: number): Promise<number> {
    for (;;) {
      const found = (await subjects()).filter((each) => each === `Almanac alert: ${subject}`);
      const passedMs = performance.now() - since;
      if (found.length >= count) return Math.round(passedMs / 100) / 10;
      if (passedMs > LATE_MS) throw new Error(`no letter "${subject}": see ${house.folder}/logs`);
      await sleep(100);
    }
  }

  async function kill(processes: readonly HouseProcess[], what: string, round: number) {
    // all have watched for long enough to trust what they miss; then anywhere between two signs
    await sleep(timings.lifeMost + timings.lifeSign + Math.random() * timings.lifeSign);
    const killed = performance.now();
    await Promise.all(processes.map((each) => each.end('SIGKILL')));
    const told = await until(what, round, killed);
    const restarted = performance.now();
    await Promise.all(processes.map((each) => each.start()));
    const over = await until(`over: ${what}`, round, restarted);
    console.log(`${what}: told after ${told} s, its end ${over} s after the restart`);
    return { told, over };
  }

  const workers: { told: number; over: number }[] = [];
  const api: typeof workers = [];
  try {
    for (let round = 1; round <= rounds; round += 1) {
      workers.push(await kill(house.workers, 'no worker is alive', round));
      api.push(await kill(house.apis, 'the API is not alive', round));
    }
    await sleep(2 * timings.watch);
    const all = await subjects();
    const told = [...workers, ...api].map((each) => each.told);
    const unclean = await house.close();
    const ok = Math.max(...told) <= PROMISED_SECONDS / timeScale && all.length === 4 * rounds;
    console.log(
      JSON.stringify({
        bench: 'alarm',
        timeScale,
        allWorkersKilled: figuresOf(workers),
        apiKilled: figuresOf(api),
        letters: all.length,
        lettersExpected: 4 * rounds,
        unclean,
        ok,
      }),
    );
    if (ok) await rm(folder, { recursive: true });
    else process.exitCode = 1;
  } catch (error) {
    await house.close();
    throw error;
  }
}

function figuresOf(rounds: readonly { told: number; over: number }[]) {
  return {
    secondsUntilTold: rounds.map(({ told }) => told),
    secondsFromRestartUntilOver: rounds.map(({ over }) => over),
  };
}
