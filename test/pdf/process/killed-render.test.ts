import { type ChildProcess, fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pino from 'pino';
import { afterEach, expect, test } from 'vitest';
import { scaledTimings } from '../../../src/domain/timings.ts';
import { createReportQueue } from '../../../src/queue/report-queue.ts';
import { startRedis } from '../../queue/redis-server.ts';
import { openSample, sampleOrder, sampleReport } from '../../workers/sample.ts';
import { openPdf } from '../rendering.ts';
import { randomOf } from '../sample-text.ts';
import type { FatalNews, FatalSettings } from './fatal-worker.ts';

const REPORTS = 10;
const STEPS = 3;
const PAGES = 80;
const TIME_SCALE = 20;
const random = randomOf(2026);

const cleanUp: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const task of cleanUp.splice(0).reverse()) await task();
});

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  const exited = once(worker, 'exit');
  worker.kill('SIGKILL');
  await exited;
}

test('ten reports, each killed once in mid-render, arrive complete, ask nothing again and leave no half file', async () => {
  const sample = await openSample();
  cleanUp.push(sample.close);
  const redis = await startRedis();
  cleanUp.push(redis.close);
  const locks = new Redis(redis.url);
  cleanUp.push(async () => locks.disconnect());
  const log = pino({ level: 'silent' });
  const queue = createReportQueue({ redisUrl: redis.url, timings: scaledTimings(1), log });
  cleanUp.push(queue.close);
  const workDir = join(sample.folder, 'work');
  const blobDir = join(sample.folder, 'blob');
  await mkdir(blobDir);

  const ids: string[] = [];
  for (let index = 0; index < REPORTS; index += 1) {
    const orderId = `ord_${index}x`;
    await sample.store.orders.insert(sampleOrder(orderId));
    const report = sampleReport(orderId, { steps: STEPS, answers: STEPS * 2 });
    await sample.store.reports.upsert([report]);
    await queue.add(
      orderId,
      [{ reportId: report.id, orderId, delayMs: 0, queue: 'blueprint' }],
      false,
    );
    ids.push(report.id);
  }

  const settings: FatalSettings = {
    databaseUrl: sample.databaseUrl,
    redisUrl: redis.url,
    workDir,
    blobDir,
    timeScale: TIME_SCALE,
    steps: STEPS,
    pages: PAGES,
    fatalPages: Object.fromEntries(ids.map((id) => [id, 1 + Math.floor(random() * (PAGES - 10))])),
  };
  const asked: string[] = [];
  function startWorker(): ChildProcess {
    const worker = fork(new URL('./fatal-worker.ts', import.meta.url), [JSON.stringify(settings)]);
    worker.on('message', (news: FatalNews) => {
      if (news !== 'ready') asked.push(`${news.reportId} ${news.step}`);
    });
    return worker;
  }
  const delivered = async () =>
    (await Promise.all(ids.map((id) => sample.store.reports.find(id)))).filter(
      (report) => report?.state === 'delivered',
    ).length;

  let worker = startWorker();
  cleanUp.push(() => end(worker));
  for (let deaths = 0; deaths < REPORTS; deaths += 1) {
    const [, signal] = await once(worker, 'exit');
    expect(signal).toBe('SIGKILL');
    // the drawing process outlives its parent only by moments, and removes its draft
    await expect.poll(() => readdir(workDir), { interval: 10 }).toEqual([]);
    // locks are so long that no living worker loses one, so the dead worker's is removed here
    expect(await locks.del(await locks.keys('bull:blueprint:*:lock'))).toBe(1);
    worker = startWorker();
  }
  await expect.poll(delivered, { timeout: 60_000, interval: 50 }).toBe(REPORTS);
  await end(worker);

  expect(asked.toSorted()).toEqual(
    ids
      .flatMap((id) => Array.from({ length: STEPS }, (_, index) => `${id} ${index + 1}`))
      .toSorted(),
  );
  expect(await readdir(workDir)).toEqual([]);
  const blobs = (await readdir(blobDir)).filter((name) => name.endsWith('.pdf'));
  expect(blobs).toHaveLength(REPORTS);
  for (const id of ids) {
    const report = await sample.store.reports.find(id);
    expect(report).toMatchObject({ fence: 2, attempts: 0, crashes: 0, pdf: { pages: PAGES } });
    const killedAt = Number(await readFile(join(blobDir, `${id}.killed`), 'utf8'));
    expect(killedAt).toBeGreaterThan(0);
    expect(killedAt).toBeLessThan(PAGES);
    const bytes = await readFile(report?.pdf?.url ?? '');
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(report?.pdf?.sha256);
    expect((await openPdf(report?.pdf?.url ?? '')).numPages).toBe(PAGES);
  }
}, 120_000);
