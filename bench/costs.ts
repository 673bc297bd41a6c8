/**
 * What a report of each product and version costs: all its calls, with the real SDKs and prompts, to the stand-in, which
 * counts four characters as a token; booked by the price library. Nothing is asked twice.
 */
import { PRICES_READ } from '../src/llm/prices-read.ts';
import { catalogue } from '../src/products/catalogue.ts';
import { runWithFaults } from '../test/pipeline/faulty-run.ts';
import { subjectOf } from '../test/products/sample.ts';

const FIELDS = [
  'tokensIn',
  'tokensCached',
  'tokensWritten',
  'tokensOut',
  'tokensReasoning',
  'costMicros',
] as const;

export async function run(): Promise<void> {
  const subject = subjectOf();
  const rows: object[] = [];
  for (const definition of catalogue.definitions) {
    const plan = definition.plan(definition.gatherFacts(subject), subject);
    const { callMs } = definition.limits;
    const { sections } = await runWithFaults(definition, plan, [], 0, callMs);
    const sum = (field: (typeof FIELDS)[number]): number =>
      sections.reduce((total, section) => total + (section[field] ?? 0), 0);
    const { id, version, model } = definition;
    rows.push({
      product: id,
      version,
      model: model.name,
      calls: sections.reduce((total, { calls }) => total + calls, 0),
      in: sum('tokensIn'),
      cached: sum('tokensCached'),
      written: sum('tokensWritten'),
      out: sum('tokensOut'),
      reasoning: sum('tokensReasoning'),
      dollars: Number((sum('costMicros') / 1e6).toFixed(4)),
    });
  }
  console.table(rows);
  console.log(JSON.stringify({ bench: 'costs', pricesOf: PRICES_READ.day, rows }));
}
