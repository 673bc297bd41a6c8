/** Carries out one planned fault, and repairs what a machine's owner would repair. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Timings } from '../src/domain/patience.ts';
import type { House } from './house.ts';
import type { PlannedFault } from './plan.ts';
import type { HouseProcess } from './process.ts';

const STARTS = 10;
/** By the draw; the last two are about the events of a letter that does arrive. */
const MAIL_FAULTS = ['503', 'lost_answer', 'odd_batch', 'bare_events'] as const;

/** Resolves when the fault is over and everything runs again. */
export async function doMischief(
  house: House,
  { kind, draw, ms }: PlannedFault,
  timings: Pick<Timings, 'lock'>,
): Promise<void> {
  const of = (all: HouseProcess[]) => all[Math.floor(draw * all.length)];
  const awhile = ms ?? timings.lock * (0.5 + 2 * draw);
  switch (kind) {
    case 'kill-worker':
      return restart(of(house.workers), 'SIGKILL');
    case 'stop-worker':
      return restart(of(house.workers), 'SIGTERM');
    case 'suspend-worker':
      return suspend(of(house.workers), timings.lock * (1.5 + 2 * draw));
    case 'kill-api':
      return restart(of(house.apis), draw < 0.5 ? 'SIGKILL' : 'SIGTERM');
    case 'suspend-api':
      return suspend(of(house.apis), awhile);
    case 'kill-redis':
      return killRedis(house.redis.primary(), awhile);
    case 'flush-redis':
      return flush(house.redis.url());
    case 'cut-redis':
      house.redis.line.cut();
      await sleep(awhile);
      return house.redis.line.mend();
    case 'failover':
      return house.redis.failOver(ms ?? 2_000 * draw);
    case 'store-away':
      return house.store.away(awhile);
    case 'model-fault':
      return order(
        house.sandbox.openai,
        MODEL_FAULTS[Math.floor(draw * MODEL_FAULTS.length)] ?? '503',
        3,
      );
    case 'blob-fault':
      return order(house.sandbox.blob, '503', 4);
    case 'mail-fault':
      return order(
        house.sandbox.sendgrid,
        MAIL_FAULTS[Math.floor(draw * MAIL_FAULTS.length)] ?? '503',
        1,
      );
    case 'payment-fault':
      return order(house.sandbox.stripe, draw < 0.5 ? '503' : 'lost_answer', 2);
  }
}

async function killRedis(redis: HouseProcess, ms: number): Promise<void> {
  if (!redis.running()) return; // another fault has it down already
  await redis.end('SIGKILL');
  await sleep(ms);
  return redis.start();
}

/** Each passes by itself; the last two are good answers of which nobody knows what they cost. */
const MODEL_FAULTS = [
  '503',
  'lost_answer',
  'empty_body',
  'finish_error',
  '403_html',
  '429_epoch',
  'missing_usage',
  'null_usage',
] as const;

async function restart(process: HouseProcess | undefined, how: 'SIGKILL' | 'SIGTERM') {
  if (!process?.running()) return; // another fault has it down already
  await process.end(how);
  await supervise(process);
}

/** A start that fails because of another fault is tried again, as by a supervisor. */
async function supervise(process: HouseProcess): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await process.start();
    } catch (error) {
      if (process.running()) return;
      if (tries === STARTS) throw error;
      await sleep(500);
    }
  }
}

async function suspend(process: HouseProcess | undefined, ms: number): Promise<void> {
  process?.signal('SIGSTOP');
  await sleep(ms);
  process?.signal('SIGCONT');
}

async function flush(url: string): Promise<void> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on('error', () => {}); // Redis may be down now: then there is nothing to flush
  await redis.flushall().catch(() => {});
  redis.disconnect();
}

async function order(url: string, kind: string, count: number): Promise<void> {
  await fetch(`${url}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ kind, count }) });
}
