/** Hashes of what a product version asks, in which graph, and prints, for a fixed person, sky and answers. */
import { createHash } from 'node:crypto';
import type { CallPlan } from '../../src/domain/call-plan.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { answersTo, factsOf, partsOf, stored, subjectOf } from './sample.ts';

/** Keyed by `<product>@<version>`. */
export type Fingerprints = Record<string, { prompts: string; graph: string; document: string }>;

export async function fingerprints(): Promise<Fingerprints> {
  const found: Fingerprints = {};
  for (const product of catalogue.definitions) {
    found[`${product.id}@${product.version}`] = await fingerprintOf(product);
  }
  return found;
}

const PROGRESSED_MOON = {
  from: { sign: 'Leo', degree: 4.2, house: 11 },
  to: { sign: 'Leo', degree: 16.9, house: 12 },
} as const;

async function fingerprintOf(product: ProductDefinition): Promise<Fingerprints[string]> {
  const prompts = createHash('sha256');
  const graph = createHash('sha256');
  const pages = createHash('sha256');
  // with and without houses, because the wording differs
  for (const time of ['11:00', null]) {
    const subject = subjectOf({ time });
    const facts = { ...factsOf(subject), progressedMoon: PROGRESSED_MOON };
    const plan = product.plan(facts, subject);
    const answers = answersTo(plan);
    prompts.update(JSON.stringify(plan, (key, value) => (key === 'needs' ? undefined : value)));
    const [first, second = first] = plan.steps;
    if (second) prompts.update(plan.digest?.(answers.slice(0, 54), second) ?? '');
    graph.update(JSON.stringify(contexts(plan)));
    const source = { createdAt: '2026-01-05T10:00:00.000Z', answers: stored(answers) };
    const document = product.document(facts, subject, source);
    pages.update(JSON.stringify([document.info, await partsOf(document)]));
  }
  return {
    prompts: prompts.digest('hex'),
    graph: graph.digest('hex'),
    document: pages.digest('hex'),
  };
}

/** What each step needs, and what it quotes of that. */
function contexts(plan: CallPlan): unknown[] {
  const said = new Map(plan.steps.map((step) => [step.step, answersTo({ steps: [step] })]));
  return plan.steps.map((step) => {
    const needed = step.needs.flatMap((need) => said.get(need) ?? []);
    return [step.needs, step.needs.length > 0 ? plan.digest?.(needed, step) : null];
  });
}
