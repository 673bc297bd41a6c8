/** A process that carries out a plan's missing steps. The test that forks it kills it. */
import { z } from 'zod';
import { PRODUCTION_TIMINGS } from '../../src/domain/timings.ts';
import { createLlm } from '../../src/llm/create-llm.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { openStore } from '../../src/store/open-store.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { definitionOf, planOf } from './steps-desk.ts';

const wish = z
  .object({
    databaseUrl: z.string(),
    baseUrl: z.string(),
    reportId: z.string(),
    steps: z.number(),
    width: z.number(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));

const store = await openStore(wish.databaseUrl);
const report = await store.reports.claim(wish.reportId, new Date());
if (!report) throw new Error('the report was not claimed');
const log = createLog({ level: 'silent', pretty: false, process: 'test' });
const { askStep } = createLlm({
  apiKey: 'sk-test',
  baseUrl: wish.baseUrl,
  modelOverride: null,
  store,
  timings: PRODUCTION_TIMINGS,
  log,
});
const signals = { wake: () => void process.send?.('section') };
await createRunSteps({ store, askStep, signals, log })({
  report,
  definition: definitionOf(wish.width),
  plan: planOf(wish.steps),
  signal: new AbortController().signal,
});
await store.close();
process.disconnect();
