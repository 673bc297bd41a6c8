/** The whole pipeline over HTTP, with a model that fails on three requests in ten, by seed. */
import { expect, it } from 'vitest';
import { questionsOf } from '../../src/domain/call-plan.ts';
import { idsOf, stepOf } from '../llm/desk.ts';
import { byChance, type SeenCall } from './faulty-openai.ts';
import { runWithFaults } from './faulty-run.ts';
import { repeatedIds } from './repeated-ids.ts';
import { definitionOf } from './steps-desk.ts';

const STEPS = 40;

it('a faulty model still gives every answer, with every token recorded and no answered id asked again', async () => {
  const steps = Array.from({ length: STEPS }, (_, index) =>
    stepOf(idsOf(index < (STEPS * 87) / 161 ? 54 : 53, index + 1), index + 1),
  );
  const system = 'You write. Each answer has between 200 and 400 characters.';
  const plan = { system, person: ['Sun in Leo'], steps, digest: null };
  const { seen, rows, sections } = await runWithFaults(definitionOf(4), plan, byChance(0.3), 1);

  const answers = sections.flatMap((section) => section.answers);
  expect(answers.map(({ id }) => id)).toEqual(steps.flatMap(questionsOf).map(({ id }) => id));

  const recorded = new Map(rows.map((row) => [row.id, row]));
  expect(seen.map((call) => call.requestId).sort()).toEqual([...recorded.keys()].sort());
  for (const call of seen) {
    const row = recorded.get(call.requestId);
    // only the provider knows the tokens of an answer that never arrived
    if (row?.outcome === 'fault' || row?.usageUnknown) continue;
    expect(row).toMatchObject({ tokensIn: call.promptTokens, tokensOut: call.completionTokens });
  }
  expect(new Set(seen.map((call) => call.outcome)).size).toBeGreaterThan(6);
  expect(repeatedIds(rows)).toEqual([]);

  // the price of the faulty answers is paid again, and little more
  const out = (those: SeenCall[]) => those.reduce((sum, call) => sum + call.completionTokens, 0);
  const needed = sections.reduce(
    (sum, section) => sum + JSON.stringify({ answers: section.answers }).length / 4,
    0,
  );
  const faulty = out(seen.filter((call) => call.outcome !== 'answered'));
  expect(out(seen) - needed).toBeLessThanOrEqual(1.3 * faulty);
}, 60_000);
