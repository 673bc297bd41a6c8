/** A run of one report's steps as a process of its own, which dies where its parent says. */
import { z } from 'zod';
import { PRODUCTION_TIMINGS } from '../../src/domain/timings.ts';
import { createLlm } from '../../src/llm/create-llm.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createLog } from '../../src/telemetry/log.ts';

const wish = z
  .object({
    databaseUrl: z.string(),
    baseUrl: z.string(),
    reportId: z.string(),
    /** dies right after so many answers were recorded, before their section is saved; null: never */
    dieAfterAnswers: z.number().nullable(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const store = await openStore(wish.databaseUrl);
const report = await store.reports.claim(wish.reportId, new Date());
if (!report) throw new Error('the report was not claimed');
const [definition, order, facts] = [
  catalogue.definition(report.productId, report.version),
  await store.orders.find(report.orderId),
  await store.facts.find(report.id),
];
if (!definition || !order || !facts) throw new Error('the report is not complete');

let answers = 0;
const modelCalls: typeof store.modelCalls = {
  ...store.modelCalls,
  async close(id, closing) {
    await store.modelCalls.close(id, closing);
    answers += 1;
    if (answers === wish.dieAfterAnswers) process.kill(process.pid, 'SIGKILL');
  },
};
const log = createLog({ level: 'silent', pretty: false, process: 'bench' });
const { askStep } = createLlm({
  apiKey: 'sk-bench',
  baseUrl: wish.baseUrl,
  modelOverride: null,
  store: { ...store, modelCalls },
  timings: PRODUCTION_TIMINGS,
  log,
});
process.send?.('running');
await createRunSteps({ store, askStep, signals: { wake: () => {} }, log })({
  report,
  definition,
  plan: definition.plan(facts, order.subject),
  signal: new AbortController().signal,
});
await store.close();
process.disconnect();
