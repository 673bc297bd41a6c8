/** The blueprint, version 1: a portrait in thirteen chapters of four themes. */
import { gatherFacts } from '../../../astrology/gather-facts.ts';
import type { ProductDefinition } from '../../../domain/product.ts';
import { document } from './document.ts';
import { plan } from './plan.ts';

export const blueprintV1: ProductDefinition = {
  id: 'blueprint',
  version: 1,
  title: 'Blueprint',
  summary:
    'A portrait from your birth chart in thirteen chapters: fifty-two themes from the core of the self to the rhythm of a life.',
  queue: 'blueprint',
  price: { currency: 'usd', amountMinor: 1_900 },
  caller: 'completion',
  model: { name: 'gpt-4o', maxTokens: 12_000, temperature: 0.8, serviceTier: 'default' },
  answerLength: { target: { min: 700, max: 1_400 }, hard: { min: 400, max: 2_400 } },
  limits: { callMs: 120_000, softMs: 600_000, hardMs: 660_000 },
  promisedMs: 600_000,
  width: 5,
  concurrency: 2,
  steps: 52,
  answers: 52,
  pages: null,
  gatherFacts: (subject) => gatherFacts(subject, { periods: false }),
  plan,
  document,
};
