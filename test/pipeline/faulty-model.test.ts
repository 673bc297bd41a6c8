/** The whole way over HTTP with a model of which three requests in ten are at fault, by seed. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { startOpenai } from '../../sandbox/openai/openai.ts';
import type { CallPlan } from '../../src/domain/call-plan.ts';
import type { ModelCall } from '../../src/domain/model-call.ts';
import { scaledTimings } from '../../src/domain/timings.ts';
import { createLlm } from '../../src/llm/create-llm.ts';
import { createRunSteps } from '../../src/pipeline/run-steps.ts';
import { createLog } from '../../src/telemetry/log.ts';
import { type Desk, idsOf, openDesk, stepOf } from '../llm/desk.ts';
import { repeatedIds } from './repeated-ids.ts';
import { definitionOf } from './steps-desk.ts';

const STEPS = 40;
/** of all requests, transient and content faults alike */
const FAULTY = 0.3;
const TRANSIENT = ['429', '500', '503', 'dropped_connection', 'broken_body', 'stalled_body'];
const CONTENT = [
  'drop_answers',
  'truncated',
  'refusal',
  'wrong_language',
  'duplicate_ids',
  'broken_json',
  'empty',
];

const journalSchema = z.object({
  entries: z.array(
    z.object({
      requestId: z.string(),
      outcome: z.string(),
      promptTokens: z.number(),
      completionTokens: z.number(),
    }),
  ),
});

let desk: Desk;
let sandbox: Awaited<ReturnType<typeof startOpenai>>;

beforeEach(async () => {
  desk = await openDesk(STEPS);
  sandbox = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed: 11 });
});
afterEach(async () => {
  await sandbox.close();
  await desk.close();
});

async function order(kinds: string[], share: number): Promise<void> {
  for (const kind of kinds) {
    const wish = { kind, probability: share / kinds.length };
    const answer = await fetch(`${sandbox.url}/_sandbox/faults`, {
      method: 'POST',
      body: JSON.stringify(wish),
    });
    expect(answer.status).toBe(201);
  }
}

async function runAll(plan: CallPlan): Promise<void> {
  const log = createLog({ level: 'silent', pretty: false, process: 'test' });
  const { askStep } = createLlm({
    apiKey: 'sk-test',
    baseUrl: `${sandbox.url}/v1`,
    modelOverride: null,
    store: desk.store,
    timings: scaledTimings(1_000),
    log,
  });
  const runSteps = createRunSteps({ store: desk.store, askStep, signals: { wake() {} }, log });
  const definition = definitionOf(4);
  await runSteps({
    report: desk.report,
    definition: { ...definition, limits: { ...definition.limits, callMs: 800 } },
    plan,
    signal: new AbortController().signal,
  });
}

it('gives every answer, records every request to the token, and repeats no answered id', async () => {
  await order(TRANSIENT, FAULTY / 2);
  await order(CONTENT, FAULTY / 2);
  const steps = Array.from({ length: STEPS }, (_, index) =>
    stepOf(idsOf(index < (STEPS * 87) / 161 ? 54 : 53, index + 1), index + 1),
  );
  const system = 'You write. Each answer has between 200 and 400 characters.';
  await runAll({ system, person: ['Sun in Leo'], steps, digest: null });

  const answered: string[] = [];
  let neededTokens = 0;
  for await (const section of desk.store.sections.read(desk.report)) {
    answered.push(...section.answers.map((answer) => answer.id));
    neededTokens += JSON.stringify({ answers: section.answers }).length / 4;
  }
  expect(answered).toEqual(
    steps.flatMap((step) => step.groups.flatMap((group) => group.questions.map((each) => each.id))),
  );

  const calls = await desk.store.modelCalls.ofReport(desk.report.id);
  const rows = new Map(calls.map((call) => [call.id, call]));
  const response = await fetch(`${sandbox.url}/_sandbox/journal`);
  const { entries } = journalSchema.parse(await response.json());
  expect(entries.map((entry) => entry.requestId).sort()).toEqual([...rows.keys()].sort());
  for (const entry of entries) {
    const row = rows.get(entry.requestId);
    // tokens of an answer that never arrived are known to the provider alone
    if (row?.outcome === 'fault') continue;
    expect(row).toMatchObject({ tokensIn: entry.promptTokens, tokensOut: entry.completionTokens });
  }
  expect(new Set(entries.map((entry) => entry.outcome)).size).toBeGreaterThan(6);
  expect(repeatedIds(calls)).toEqual([]);

  // what the faulty answers cost is paid once more, and little beyond
  const out = (those: ModelCall[]): number => those.reduce((sum, call) => sum + call.tokensOut, 0);
  const faulty = out(calls.filter((call) => call.outcome !== 'answered'));
  expect(out(calls) - neededTokens).toBeLessThanOrEqual(1.3 * faulty);
}, 60_000);
