/**
 * SIGKILL during real reports, at random moments and right before and after a checkpoint. Counts what
 * was asked again, and compares the report with one that was not disturbed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startOpenai } from '../sandbox/openai/openai.ts';
import { randomFrom } from '../sandbox/wire/random.ts';
import type { Subject } from '../src/domain/birth.ts';
import type { ProductDefinition } from '../src/domain/product.ts';
import type { Report } from '../src/domain/report.ts';
import { createPdfRenderer } from '../src/pdf/process/renderer.ts';
import { catalogue } from '../src/products/catalogue.ts';
import { openStore } from '../src/store/open-store.ts';
import { createLog } from '../src/telemetry/log.ts';
import { sampleOrder, sampleReport } from '../test/workers/sample.ts';

const RUN = new URL('./crash/run-process.ts', import.meta.url);
/** kills per report: 200 horoscope kills are spread over several reports, so that each makes progress */
const PLAN = [
  { product: 'personal-horoscope', reports: 4, kills: 50 },
  { product: 'blueprint', reports: 1, kills: 20 },
  { product: 'life-clarity', reports: 1, kills: 5 },
] as const;
const LATENCY_MS = 10;
/** right before a checkpoint with the answer in hand, right after it, or at any moment */
const HOW = ['before', 'after', 'moment'] as const;
type How = (typeof HOW)[number];
const journal = z.object({
  entries: z.array(z.object({ requestId: z.string(), outcome: z.string() })),
});

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-kills-'));
  const sandbox = await startOpenai({
    host: '127.0.0.1',
    port: 0,
    latencyMs: LATENCY_MS,
    seed: 1,
  });
  try {
    const results: object[] = [];
    for (const { product, reports, kills } of PLAN) {
      const share = Number(process.env.KILLS_SHARE ?? 1);
      results.push(
        await killed({
          folder,
          url: sandbox.url,
          product,
          reports,
          kills: Math.ceil(kills * share),
        }),
      );
    }
    console.log(JSON.stringify({ bench: 'kills', results }));
  } finally {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Killing {
  folder: string;
  url: string;
  product: string;
  reports: number;
  kills: number;
}

async function killed({ folder, url, product, reports, kills }: Killing): Promise<object> {
  const definition = catalogue.products.find(({ id }) => id === product);
  if (!definition) throw new Error(`no product ${product}`);
  const databaseUrl = `sqlite:${join(folder, `${product}.db`)}`;
  const store = await openStore(databaseUrl);
  const random = randomFrom(1);
  const { subject } = sampleOrder('any');
  const facts = definition.gatherFacts(subject);

  async function place(orderId: string): Promise<Report> {
    await store.orders.insert(sampleOrder(orderId, [product]));
    const { steps, answers, version } = definition as ProductDefinition;
    const model = 'gpt-4o';
    const report = sampleReport(orderId, { productId: product, steps, answers, version, model });
    await store.reports.upsert([report]);
    await store.facts.insert(report.id, orderId, facts);
    return report;
  }

  /** @param how null: runs to the end */
  async function turn(report: Report, how: How | null): Promise<boolean> {
    const die =
      how === 'before' || how === 'after'
        ? { checkpoint: 1 + Math.floor(random() * 3), when: how }
        : null;
    const wish = { databaseUrl, baseUrl: `${url}/v1`, reportId: report.id, die };
    const child = fork(RUN, [JSON.stringify(wish)]);
    const exit = once(child, 'exit');
    await Promise.race([once(child, 'message'), exit]);
    const moment =
      how === 'moment' ? setTimeout(() => child.kill('SIGKILL'), random() * 300) : null;
    const [code, signal] = await exit;
    if (moment) clearTimeout(moment);
    if (code !== 0 && signal !== 'SIGKILL') throw new Error(`a run ended with ${code}`);
    return signal === 'SIGKILL';
  }

  const clean = await place('ord_clean');
  await turn(clean, null);
  let killsDone = 0;
  let answeredTwice = 0;
  let completedAskedAgain = 0;
  let answers = 0;
  let same = true;
  for (let index = 1; index <= reports; index += 1) {
    const report = await place(`ord_${index}`);
    let struck = 0;
    while (struck < kills) {
      const died = await turn(report, HOW[Math.floor(random() * HOW.length)] ?? 'moment');
      if (!died) break; // it finished before the kill
      struck += 1;
    }
    killsDone += struck;
    await turn(report, null);
    const seen = await lookBack(report);
    answeredTwice += seen.answeredTwice;
    completedAskedAgain += seen.completedAskedAgain;
    answers += seen.answers;
    same &&= (await pdfOf(report)) === (await pdfOf(clean));
  }
  await store.close();
  return {
    product,
    reports,
    kills: killsDone,
    width: definition.width,
    answersEach: answers / reports,
    completedAskedAgain,
    answeredTwice,
    samePdf: same,
    extraCallsPerKill: Number((answeredTwice / Math.max(1, killsDone)).toFixed(3)),
  };

  /** Counts from the stand-in's journal and the store's rows. */
  async function lookBack(report: Report) {
    const response = await fetch(`${url}/_sandbox/journal`);
    const { entries } = journal.parse(await response.json());
    const brought = new Set(
      entries.filter(({ outcome }) => outcome === 'answered').map(({ requestId }) => requestId),
    );
    const sections = await Array.fromAsync(store.sections.read(report));
    const completedAt = new Map(sections.map((each) => [each.step, each.completedAt]));
    const calls = await store.modelCalls.ofReport(report.id);
    const steps = calls.filter(({ id }) => brought.has(id)).map(({ step }) => step);
    return {
      answers: sections.flatMap((section) => section.answers).length,
      answeredTwice: steps.length - new Set(steps).size,
      completedAskedAgain: calls.filter(
        ({ step, openedAt }) => openedAt > (completedAt.get(step) ?? ''),
      ).length,
    };
  }

  /** @returns the PDF's hash: the renderer gives the same bytes for the same content */
  async function pdfOf(report: Report): Promise<string> {
    const { document } = definition as ProductDefinition;
    const answersOf = async function* () {
      for await (const section of store.sections.read(report)) yield* section.answers;
    };
    const source = { createdAt: '2026-01-01T00:00:00.000Z', answers: answersOf() };
    const log = createLog({ level: 'silent', pretty: false, process: 'bench' });
    const file = join(folder, `${report.id}.pdf`);
    const options = { signal: new AbortController().signal };
    const book = document(facts, subject as Subject, source);
    return (await createPdfRenderer({ log }).render(book, file, options)).sha256;
  }
}
