/** A process that runs one report's steps, and dies where its parent says. */
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
    /** dies at its nth checkpoint, right before or right after the answer is durable; null: never */
    die: z.object({ checkpoint: z.number(), when: z.enum(['before', 'after']) }).nullable(),
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

let checkpoints = 0;
const sections: typeof store.sections = {
  ...store.sections,
  async insert(section, last) {
    checkpoints += 1;
    const dies = checkpoints === wish.die?.checkpoint ? wish.die.when : null;
    if (dies === 'before') process.kill(process.pid, 'SIGKILL');
    const inserted = await store.sections.insert(section, last);
    if (dies === 'after') process.kill(process.pid, 'SIGKILL');
    return inserted;
  },
};
const log = createLog({ level: 'silent', pretty: false, process: 'bench' });
const { askStep } = createLlm({
  apiKey: 'sk-bench',
  baseUrl: wish.baseUrl,
  modelOverride: null,
  store,
  timings: PRODUCTION_TIMINGS,
  log,
});
process.send?.('running');
await createRunSteps({ store: { ...store, sections }, askStep, signals: { wake: () => {} }, log })({
  report,
  definition,
  plan: definition.plan(facts, order.subject),
  signal: new AbortController().signal,
});
await store.close();
process.disconnect();
