/** A day of one report whose model always refuses, at production's own waits, under a simulated clock. */
import { mock } from 'node:test';
import OpenAI from 'openai';
import { scaledTimings } from '../../src/domain/patience.ts';
import { createAskStep } from '../../src/llm/ask-step.ts';
import { createBreaker } from '../../src/llm/breaker.ts';
import type { Caller } from '../../src/llm/caller.ts';
import { NO_LIMITS } from '../../src/llm/limits/limits.ts';
import { createPrices } from '../../src/llm/prices.ts';
import { createSpend } from '../../src/llm/spend.ts';
import { createWatchEffects } from '../../src/orders/watch/watch-effects.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { sweep } from '../../workers/sweeper.ts';
import { noQueue } from './nobody.ts';
import { catalogueOf, sampleDefinition } from './sample.ts';
import { type Bench, job, never, openBench } from './turn-bench.ts';

export interface Refusal {
  status: number;
  /** what stands under `error` in its body */
  error: object;
  headers?: Record<string, string>;
}

const TOO_LARGE =
  'Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 41000.';
const RATE = { message: 'Rate limit reached.', type: 'tokens', code: 'rate_limit_exceeded' };

/** `cured`: waiting may help, as far as the body tells. */
export const REFUSALS: readonly {
  title: string;
  refusal: Refusal;
  reason: string;
  cured: boolean;
}[] = [
  {
    title: '429 of type tokens, request too large',
    refusal: { status: 429, error: { ...RATE, message: TOO_LARGE } },
    reason: 'openai_too_large',
    cured: false,
  },
  {
    title: '429, quota named only in its type',
    refusal: { status: 429, error: { type: 'insufficient_quota', code: null } },
    reason: 'openai_quota',
    cured: false,
  },
  {
    title: '400, organization restricted',
    refusal: { status: 400, error: { code: 'organization_restricted' } },
    reason: 'openai_quota',
    cured: false,
  },
  {
    title: '429 of type tokens, and no more said',
    refusal: { status: 429, error: { type: 'tokens' } },
    reason: 'openai_rate_limit',
    cured: true,
  },
  {
    title: '429 with a Retry-After of a week',
    refusal: { status: 429, error: RATE, headers: { 'retry-after': '604800' } },
    reason: 'openai_rate_limit',
    cured: true,
  },
  {
    title: '429 with a point in time as Retry-After',
    refusal: { status: 429, error: RATE, headers: { 'retry-after': '1795885230' } },
    reason: 'openai_rate_limit',
    cured: true,
  },
];

export interface Heard {
  /** the first alert: seconds from the first run, and its first line; null: none within the day */
  seconds: number | null;
  what: string | null;
  /** requests sent meanwhile */
  requests: number;
  /** the longest that the report was put off in one go, minutes */
  longestWait: number;
  state: string;
}

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
/** Turns of the event loop in which everything that is not waiting for time comes to rest. */
const TURNS = 30;

/** @param hours how long to look. A sweep sends a letter at once: the mail provider is there */
export async function whenTheOperatorHears(refusal: Refusal, hours: number): Promise<Heard> {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] });
  const bench = await openBench();
  try {
    const { store, now } = bench;
    const begun = now().getTime();
    const { carryOut, sweepOnce, seen } = openWorker(bench, refusal);
    const deadline = new Date(begun + 24 * HOUR).toISOString();
    await bench.paidReport({ deadline });

    let running = false;
    let longestWait = 0;
    for (let second = 0; second <= hours * 3_600 && seen.alert === null; second += 1) {
      const { state, notBefore } = await bench.stored();
      const waits = Date.parse(notBefore ?? '') - now().getTime();
      if (!running && state === 'waiting' && !(waits > 0)) {
        running = true;
        void carryOut(job, never).then((outcome) => {
          running = false;
          if (outcome.kind === 'snooze') longestWait = Math.max(longestWait, outcome.delayMs);
        });
      }
      if ((second * SECOND) % scaledTimings(1).sweep === 0) await sweepOnce();
      for (let turn = 0; turn < TURNS; turn += 1) await new Promise(setImmediate);
      bench.pass(SECOND);
      mock.timers.tick(SECOND);
    }
    const { state, reason } = (await store.reports.find(job.reportId)) ?? {};
    const heard = seen.alert;
    return {
      seconds: heard && (heard.at.getTime() - begun) / SECOND,
      what: heard?.what ?? null,
      requests: seen.requests,
      longestWait: longestWait / 60 / SECOND,
      state: `${state} (${reason})`,
    };
  } finally {
    mock.timers.reset();
    await bench.close();
  }
}

function openWorker(bench: Bench, refusal: Refusal) {
  const timings = scaledTimings(1);
  const log = createLog({ level: 'silent', pretty: false, process: 'test' });
  const { store, now: clock } = bench;
  const seen: { requests: number; alert: { at: Date; what: string } | null } = {
    requests: 0,
    alert: null,
  };
  const refuse: Caller = async () => {
    seen.requests += 1;
    // as the SDK makes it of an answer whose body is JSON
    const headers = new Headers(refusal.headers ?? {});
    throw OpenAI.APIError.generate(refusal.status, { error: refusal.error }, undefined, headers);
  };
  const caps = { report: null, day: null, month: null };
  const askStep = createAskStep({
    store,
    callers: { completion: refuse, agent: refuse },
    limits: NO_LIMITS,
    breaker: createBreaker({ timings, log, clock }),
    spend: createSpend({ store, caps, log, clock }),
    costMicros: createPrices().costMicros,
    timings,
    log,
    clock,
  });
  const runSteps = createRunSteps({ store, askStep, signals: { wake() {} }, log });
  // the limits of running time are the product's own
  const limits = catalogue.products.find(({ id }) => id === 'blueprint')?.limits;
  const definition = { ...sampleDefinition(), ...(limits && { limits }) };
  const watched = { store, queue: noQueue, catalogue: catalogueOf(definition) };
  const watchEffects = createWatchEffects({ ...watched, timings, log, clock });
  return {
    seen,
    carryOut: bench.carryOut({ runSteps, definition: { limits: definition.limits, width: 1 } }),
    async sweepOnce() {
      await watchEffects();
      await sweep({
        store,
        catalogue: catalogueOf(definition),
        queue: { ensure: async () => 'present' },
        commitPaidOrder: async () => {},
        settleOrder: async () => {},
        async sendEmail(key) {
          const row = await store.emails.find(key);
          if (row === null) return;
          await store.emails.change(row, { state: 'sent' });
          if (row.kind !== 'alert') return;
          seen.alert ??= { at: clock(), what: row.note?.split('\n')[0] ?? '' };
        },
        timings,
        log,
        clock,
      });
    },
  };
}
