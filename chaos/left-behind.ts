/** What must not be left at the end: jobs that would run, locks and marks in Redis, processes. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { QUEUES } from '../src/domain/product.ts';

/** @returns names of live jobs, and of keys that no queue owns and that never expire */
export async function keysLeft(redisUrl: string): Promise<string[]> {
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: 1 });
  const left: string[] = [];
  for (const name of QUEUES) {
    const queue = new Queue(name, { connection });
    const jobs = await queue.getJobs(['active', 'waiting', 'delayed', 'prioritized']);
    left.push(...jobs.map((job) => `${name} ${job?.id}`));
    await queue.close();
  }
  for (const key of await connection.keys('*')) {
    const mayStay = key.startsWith('bull:') && !key.endsWith(':lock');
    if (!mayStay && (await connection.ttl(key)) === -1) left.push(key);
  }
  connection.disconnect();
  return left;
}

const ENDING_MS = 5_000;

/**
 * Finds processes by the house's environment, which children inherit. Linux only; elsewhere it finds none.
 * @param mark a variable's value that only this house has @returns their command lines
 */
export async function processesLeft(mark: string): Promise<string[]> {
  for (const until = Date.now() + ENDING_MS; ; ) {
    const left = processesWith(mark);
    if (left.length === 0 || Date.now() > until) return left;
    await sleep(100);
  }
}

function processesWith(mark: string): string[] {
  if (!existsSync('/proc')) return [];
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return [];
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(mark)) return [];
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    } catch {
      return []; // the process has ended meanwhile, or we may not read it
    }
  });
}
