/** A claimed report in a real SQLite store, and a plan for it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepPlan } from '../../src/domain/call-plan.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { StepContext } from '../../src/domain/ports/work.ts';
import type { Report } from '../../src/domain/report.ts';
import { openStore } from '../../src/store/open-store.ts';
import { sampleReport } from '../workers/sample.ts';

export const MODEL = {
  name: 'gpt-4o',
  maxTokens: 12_000,
  temperature: 0.8,
  serviceTier: 'default',
} as const;

export const LENGTH = { target: { min: 200, max: 400 }, hard: { min: 150, max: 500 } };

export interface Desk {
  store: Store;
  databaseUrl: string;
  report: Report;
  context(change?: Partial<StepContext>): StepContext;
  close(): Promise<void>;
}

export async function openDesk(steps = 3): Promise<Desk> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-llm-'));
  const databaseUrl = `sqlite:${join(folder, 'desk.db')}`;
  const store = await openStore(databaseUrl);
  const waiting = sampleReport('ord_desk', { productId: 'horoscope', steps, answers: steps });
  await store.reports.upsert([waiting]);
  const report = await store.reports.claim(waiting.id, new Date());
  if (!report) throw new Error('the report was not claimed');
  return {
    store,
    databaseUrl,
    report,
    context: (change = {}) => ({
      report,
      plan: { system: 'You write between 200 and 400 characters.', person: ['Sun in Leo'] },
      caller: 'completion',
      model: MODEL,
      answerLength: LENGTH,
      callMs: 20_000,
      digest: null,
      signal: new AbortController().signal,
      async save(section, last) {
        await store.sections.insert(section, last);
      },
      ...change,
    }),
    async close() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A step with one group of these question ids. */
export function stepOf(ids: readonly string[], step = 1, needs: readonly number[] = []): StepPlan {
  return {
    step,
    needs,
    voice: 'Almanac',
    instructions: '',
    groups: [
      {
        title: `Period ${step}`,
        facts: ['Moon in Aries'],
        questions: ids.map((id) => ({ id, text: `What of ${id}?` })),
      },
    ],
  };
}

export function idsOf(count: number, step = 1): string[] {
  return Array.from({ length: count }, (_, index) => `s${step}-q${index + 1}`);
}
