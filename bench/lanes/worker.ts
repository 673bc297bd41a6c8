/** A process that carries out horoscopes in lanes. The bench kills it, or runs several under shared limits. */
import { z } from 'zod';
import { PRODUCTION_TIMINGS } from '../../src/domain/patience.ts';
import { createLlm } from '../../src/llm/create-llm.ts';
import { NO_LIMITS } from '../../src/llm/limits/limits.ts';
import { createSharedLimits } from '../../src/llm/limits/shared-limits.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { definitionAt, plan } from './plan.ts';

const { redisUrl, limits, ...wish } = z
  .object({
    databaseUrl: z.string(),
    baseUrl: z.string(),
    reportIds: z.array(z.string()),
    width: z.number(),
    redisUrl: z.string().nullable(),
    limits: z.object({
      requestsPerMinute: z.number().nullable(),
      tokensPerMinute: z.number().nullable(),
      inFlight: z.number().nullable(),
    }),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const log = createLog({ level: 'error', pretty: false, process: 'bench' });
const store = await openStore(wish.databaseUrl);
const timings = PRODUCTION_TIMINGS;
const { askStep } = createLlm({
  apiKey: 'sk-bench',
  baseUrl: wish.baseUrl,
  modelOverride: null,
  store,
  limits: redisUrl === null ? NO_LIMITS : createSharedLimits({ redisUrl, limits, timings, log }),
  timings,
  log,
});
const signals = { wake: () => void process.send?.('section') };
const runSteps = createRunSteps({ store, askStep, signals, log });
await Promise.all(
  wish.reportIds.map(async (id) => {
    const report = await store.reports.claim(id, new Date());
    if (!report) throw new Error(`${id} was not claimed`);
    const { signal } = new AbortController();
    await runSteps({ report, definition: definitionAt(wish.width), plan, signal });
  }),
);
await store.close();
process.exit(0);
