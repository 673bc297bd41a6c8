/** Hashes of what a product version asks, in which graph, and prints, for a fixed person, sky and answers. */
import { createHash } from 'node:crypto';
import type { CallPlan } from '../../src/domain/call-plan.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { answersTo, factsOf, partsOf, stored, subjectOf } from './sample.ts';

interface Fingerprint {
  prompts: string;
  graph: string;
  document: string;
}

/** Keyed by `<product>@<version>`, each for a known and for an unknown time, whose wording differs. */
export type Fingerprints = Record<string, { known: Fingerprint; unknown: Fingerprint }>;

export async function fingerprints(): Promise<Fingerprints> {
  const found: Fingerprints = {};
  for (const product of catalogue.definitions) {
    found[`${product.id}@${product.version}`] = {
      known: await fingerprintOf(product, '11:00'),
      unknown: await fingerprintOf(product, null),
    };
  }
  return found;
}

const PROGRESSED_MOON = {
  from: { sign: 'Leo', degree: 4.2, house: 11 },
  to: { sign: 'Leo', degree: 16.9, house: 12 },
} as const;

async function fingerprintOf(
  product: ProductDefinition,
  time: string | null,
): Promise<Fingerprint> {
  const subject = subjectOf({ time });
  const facts = { ...factsOf(subject), progressedMoon: PROGRESSED_MOON };
  const plan = product.plan(facts, subject);
  const answers = answersTo(plan);
  const [first, second = first] = plan.steps;
  const digest = second ? plan.digest?.(answers.slice(0, 54), second) : undefined;
  const asked = JSON.stringify(plan, (key, value) => (key === 'needs' ? undefined : value));
  const source = { createdAt: '2026-01-05T10:00:00.000Z', answers: stored(answers) };
  const document = product.document(facts, subject, source);
  return {
    prompts: sha256(asked + (digest ?? '')),
    graph: sha256(JSON.stringify(contexts(plan))),
    document: sha256(JSON.stringify([document.info, await partsOf(document)])),
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

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
