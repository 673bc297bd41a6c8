/**
 * A whole horoscope of 8,620 answers from a model of which one request in ten is at fault, transient
 * and content faults alike, by seed: which faults were met, and what each kind cost.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { startOpenai } from '../sandbox/openai/openai.ts';
import { scaledTimings } from '../src/domain/timings.ts';
import { createLlm } from '../src/llm/create-llm.ts';
import { createRunSteps } from '../src/pipeline/run-steps.ts';
import { openStore } from '../src/store/open-store.ts';
import { createLog } from '../src/telemetry/log.ts';
import { benchDefinition, benchPlan, benchReport } from './sample-report.ts';

const SHARE = 0.1;
const SEED = 23;
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
      outcome: z.string(),
      asked: z.array(z.string()),
      promptTokens: z.number(),
      completionTokens: z.number(),
    }),
  ),
});

export async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-bench-'));
  const store = await openStore(`sqlite:${join(folder, 'bench.db')}`);
  const sandbox = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed: SEED });
  try {
    for (const kinds of [TRANSIENT, CONTENT]) {
      for (const kind of kinds) {
        const wish = { kind, probability: SHARE / 2 / kinds.length };
        const body = JSON.stringify(wish);
        await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', body });
      }
    }
    // 87 steps of 54 questions and 74 of 53
    const plan = benchPlan(
      Array.from({ length: 161 }, () => 0),
      (index) => (index < 87 ? 54 : 53),
    );
    const log = createLog({ level: 'silent', pretty: false, process: 'bench' });
    await store.reports.upsert([benchReport('faults', plan)]);
    const report = await store.reports.claim('ord_faults-bench', new Date());
    if (!report) throw new Error('the report was not claimed');
    const { askStep } = createLlm({
      apiKey: 'sk-bench',
      baseUrl: `${sandbox.url}/v1`,
      modelOverride: null,
      store,
      timings: scaledTimings(1_000),
      log,
    });
    const definition = benchDefinition(plan, 1);
    const { signal } = new AbortController();
    await createRunSteps({ store, askStep, signals: { wake: () => {} }, log })({
      report,
      definition: { ...definition, limits: { ...definition.limits, callMs: 1_000 } },
      plan,
      signal,
    });

    let answers = 0;
    let neededOut = 0;
    for await (const section of store.sections.read(report)) {
      answers += section.answers.length;
      neededOut += JSON.stringify({ answers: section.answers }).length / 4;
    }
    const journal = await (await fetch(`${sandbox.url}/_sandbox/journal`)).json();
    const { entries } = journalSchema.parse(journal);
    const kinds = Map.groupBy(entries, (entry) => entry.outcome);
    const sum = (field: 'promptTokens' | 'completionTokens', of: typeof entries): number =>
      of.reduce((total, entry) => total + entry[field], 0);
    console.log('outcome             requests  answers asked  tokens in  tokens out');
    for (const [kind, met] of kinds) {
      const asked = met.reduce((total, entry) => total + entry.asked.length, 0);
      const cells = [met.length, asked, sum('promptTokens', met), sum('completionTokens', met)];
      console.log(kind.padEnd(20) + cells.map((cell) => String(cell).padStart(10)).join('  '));
    }
    const faulty = entries.filter((entry) => entry.outcome !== 'answered');
    const faultyOut = sum('completionTokens', faulty);
    const extraOut = sum('completionTokens', entries) - neededOut;
    const billed = entries.filter((entry) => entry.promptTokens > 0 && entry.asked.length >= 53);
    const inOfAStep = sum('promptTokens', billed) / billed.length;
    console.log(
      JSON.stringify({
        bench: 'faults',
        answers,
        requests: entries.length,
        faultyShare: Number((faulty.length / entries.length).toFixed(3)),
        extraOutputTokens: Math.round(extraOut),
        faultyOutputTokens: faultyOut,
        extraOutputRatio: Number((extraOut / faultyOut).toFixed(2)),
        extraInputTokens: Math.round(sum('promptTokens', entries) - 161 * inOfAStep),
      }),
    );
  } finally {
    await sandbox.close();
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}
