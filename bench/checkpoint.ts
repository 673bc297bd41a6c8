/** What it costs to save a section of 54 answers durably, on SQLite and over MongoDB's wire. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Store } from '../src/domain/ports/store.ts';
import { openStore } from '../src/store/open-store.ts';
import { startMongoServer } from '../test/store/mongo-server.ts';
import { sampleOrder, sampleReport, sampleSection } from '../test/workers/sample.ts';
import { quantile } from './crash/quantile.ts';

const SECTIONS = 161;
const ANSWERS = 54;
const CHARACTERS = 760;

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-checkpoint-'));
  const mongo = await startMongoServer();
  try {
    const sqlite = await measure(await openStore(`sqlite:${join(folder, 'bench.db')}`));
    const wire = await measure(await openStore(mongo.url));
    const size = ANSWERS * CHARACTERS;
    console.log(
      JSON.stringify({ bench: 'checkpoint', size, sqlite, mongo: { server: mongo.name, ...wire } }),
    );
  } finally {
    await mongo.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(store: Store) {
  await store.orders.insert(sampleOrder('ord_1'));
  const report = sampleReport('ord_1');
  await store.reports.upsert([report]);
  const answers = Array.from({ length: ANSWERS }, (_, index) => ({
    id: `answer-${index}`,
    text: 'x'.repeat(CHARACTERS),
  }));
  const times: number[] = [];
  for (let step = 1; step <= SECTIONS; step += 1) {
    const began = performance.now();
    await store.sections.insert({ ...sampleSection(report, step), answers });
    times.push(performance.now() - began);
  }
  await store.close();
  const rounded = (share: number) => Math.round(quantile(times, share) * 100) / 100;
  return { sections: SECTIONS, p50Ms: rounded(0.5), p99Ms: rounded(0.99) };
}
