/** A worker process of the limits bench. It carries out reports of given shapes. */
import { z } from 'zod';
import { PRODUCTION_TIMINGS } from '../src/domain/timings.ts';
import { createLlm } from '../src/llm/create-llm.ts';
import { createSharedLimits } from '../src/llm/limits/shared-limits.ts';
import { createRunSteps } from '../src/pipeline/run-steps.ts';
import { openStore } from '../src/store/open-store.ts';
import { createLog } from '../src/telemetry/log.ts';
import { benchDefinition, benchPlan, benchReport } from './sample-report.ts';

const settings = z
  .object({
    databaseUrl: z.string(),
    redisUrl: z.string(),
    baseUrl: z.string(),
    requestsPerMinute: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const wishSchema = z.object({
  name: z.string(),
  width: z.number(),
  questions: z.number(),
  /** duration of each step, milliseconds */
  times: z.array(z.number()),
});

const log = createLog({ level: 'warn', pretty: false, process: 'bench' });
const store = await openStore(settings.databaseUrl);
const limits = createSharedLimits({
  redisUrl: settings.redisUrl,
  limits: {
    requestsPerMinute: settings.requestsPerMinute,
    tokensPerMinute: null,
    inFlight: null,
  },
  timings: PRODUCTION_TIMINGS,
  log,
});
const { askStep } = createLlm({
  apiKey: 'sk-bench',
  baseUrl: settings.baseUrl,
  modelOverride: null,
  store,
  limits,
  timings: PRODUCTION_TIMINGS,
  log,
});
const runSteps = createRunSteps({ store, askStep, signals: { wake: () => {} }, log });

process.on('message', async (message) => {
  const { name, width, questions, times } = wishSchema.parse(message);
  const plan = benchPlan(times, questions);
  const begun = Date.now();
  await store.reports.upsert([benchReport(name, plan)]);
  const report = await store.reports.claim(`ord_${name}-bench`, new Date());
  if (!report) throw new Error('the report was not claimed');
  const { signal } = new AbortController();
  await runSteps({ report, definition: benchDefinition(plan, width), plan, signal });
  process.send?.({ done: name, ms: Date.now() - begun });
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
