/**
 * What a step costs beyond the model's own time. 161 steps in sequence with rows, checks and durable
 * sections are compared with a bare loop over the SDK, and 52 steps at width 5 with barriers of five
 * and with the best list schedule of the same times.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import type { CallPlan } from '../src/domain/call-plan.ts';
import type { Store } from '../src/domain/ports/store.ts';
import { PRODUCTION_TIMINGS } from '../src/domain/timings.ts';
import { answerSchema } from '../src/llm/answers/answer-schema.ts';
import { createLlm } from '../src/llm/create-llm.ts';
import { buildPrompt } from '../src/llm/prompt.ts';
import { createRunSteps } from '../src/pipeline/run-steps.ts';
import { openStore } from '../src/store/open-store.ts';
import { createLog } from '../src/telemetry/log.ts';
import { MODEL } from '../test/llm/desk.ts';
import { sampleOrder } from '../test/workers/sample.ts';
import { quantile } from './crash/quantile.ts';
import { benchDefinition, benchPlan, benchReport } from './sample-report.ts';

const WIDTH = 5;
/** The median counts, because other work on the machine can spoil one or two rounds. */
const ROUNDS = 5;

export async function run(): Promise<void> {
  const model = fork(new URL('./stand-in-model.ts', import.meta.url));
  const [baseUrl] = await once(model, 'message');
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
  const store = await openStore(`sqlite:${join(folder, 'bench.db')}`);
  try {
    const sequence = Array.from({ length: 161 }, () => 20);
    const overheads: number[] = [];
    for (let round = 1; round <= ROUNDS; round += 1) {
      const bareMs = await timed(() => runBare(benchPlan(sequence, 54), baseUrl));
      const ourMs = await timed(() =>
        runOurs(benchPlan(sequence, 54), 1, `seq${round}`, store, baseUrl),
      );
      overheads.push((ourMs - bareMs) / sequence.length);
      console.log(
        `161 steps of 54 answers, 20 ms each: bare ${Math.round(bareMs)} ms, ours ${Math.round(ourMs)} ms`,
      );
    }
    const overheadMsPerStep = quantile(overheads, 0.5);

    const times = logNormalTimes(52, 1_000);
    const windowMs = await timed(() =>
      runOurs(benchPlan(times, 1), WIDTH, 'window', store, baseUrl),
    );
    const bound = Math.max(...times, times.reduce((sum, ms) => sum + ms, 0) / WIDTH);
    const longestFirst = times.toSorted((a, b) => b - a);
    const inOrderMs = listSchedule(times);
    console.log(
      `52 steps at width 5: window ${Math.round(windowMs)} ms; the same order without overhead ${inOrderMs} ms; lower bound ${Math.round(bound)} ms`,
    );
    console.log(
      JSON.stringify({
        bench: 'steps',
        overheadMsPerStep: Number(overheadMsPerStep.toFixed(2)),
        windowMs: Math.round(windowMs),
        barrierMs: barriers(times),
        listScheduleMs: Math.min(inOrderMs, listSchedule(longestFirst)),
      }),
    );
  } finally {
    await store.close();
    await rm(folder, { recursive: true });
    model.disconnect();
  }
}

async function timed(work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

async function runBare(plan: CallPlan, baseUrl: string): Promise<void> {
  const client = new OpenAI({ apiKey: 'sk-bench', baseURL: baseUrl, maxRetries: 0 });
  for (const step of plan.steps) {
    const ids = step.groups.flatMap((group) => group.questions.map((question) => question.id));
    const { system, user } = buildPrompt({ plan, step, digest: null, ids, note: null });
    const completion = await client.chat.completions.create({
      model: MODEL.name,
      messages: [
        { role: 'system', content: system },
        { role: 'user', content: user },
      ],
      response_format: zodResponseFormat(answerSchema, 'answers'),
    });
    answerSchema.parse(JSON.parse(completion.choices[0]?.message.content ?? ''));
  }
}

async function runOurs(
  plan: CallPlan,
  width: number,
  name: string,
  store: Store,
  baseUrl: string,
): Promise<void> {
  const log = createLog({ level: 'silent', pretty: false, process: 'bench' });
  const { askStep } = createLlm({
    apiKey: 'sk-bench',
    baseUrl,
    modelOverride: null,
    store,
    timings: PRODUCTION_TIMINGS,
    log,
  });
  await store.orders.insert(sampleOrder(`ord_${name}`));
  await store.reports.upsert([benchReport(name, plan)]);
  const report = await store.reports.claim(`ord_${name}-bench`, new Date());
  if (!report) throw new Error('the report was not claimed');
  const runSteps = createRunSteps({ store, askStep, signals: { wake: () => {} }, log });
  const { signal } = new AbortController();
  await runSteps({ report, definition: benchDefinition(plan, width), plan, signal });
}

/** Times like those of models: most near the mean, some far above. The same in every run. */
function logNormalTimes(count: number, meanMs: number): number[] {
  const sigma = 0.35;
  return Array.from({ length: count }, (_, index) => {
    // normal deviates from a low-discrepancy sequence, by the Box-Muller method
    const u = ((index + 1) * 0.754_877_666) % 1;
    const v = ((index + 1) * 0.569_840_291) % 1;
    const deviate = Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v);
    return Math.round(meanMs * Math.exp(sigma * deviate - sigma ** 2 / 2));
  });
}

/** @returns when the last ends, if each begins in the first free slot */
function listSchedule(times: readonly number[]): number {
  const free = Array.from({ length: WIDTH }, () => 0);
  for (const ms of times) {
    const first = free.indexOf(Math.min(...free));
    free[first] = (free[first] ?? 0) + ms;
  }
  return Math.max(...free);
}

/** @returns when the last ends, if each group of five waits for the slowest of the group before */
function barriers(times: readonly number[]): number {
  let total = 0;
  for (let from = 0; from < times.length; from += WIDTH) {
    total += Math.max(...times.slice(from, from + WIDTH));
  }
  return total;
}
