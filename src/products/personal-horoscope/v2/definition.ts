/** The personal horoscope, version 2: version 1's questions and book, asked as a graph of lanes. */
import { gatherFacts } from '../../../astrology/gather-facts.ts';
import type { ModelSettings, ProductDefinition } from '../../../domain/product.ts';
import { withSettingsOf } from '../../shared/successors.ts';
import { document } from './document.ts';
import { plan } from './plan.ts';

// 15,000: the longest answers of the fullest step took 11,859; docs/decisions/steps-graph.md
const MODEL: ModelSettings = {
  name: 'gpt-6-luna',
  maxTokens: 15_000,
  effort: 'none',
  temperature: 0.8,
  serviceTier: 'default',
};

export const personalHoroscopeV2: ProductDefinition = {
  id: 'personal-horoscope',
  version: 2,
  title: 'Personal Horoscope',
  summary:
    'A book of 1,725 pages for one year of your life: every day, week, month and half-year, each read for twenty areas of life.',
  queue: 'personal-horoscope',
  price: { currency: 'usd', amountMinor: 4_000 },
  caller: 'completion',
  model: MODEL,
  successors: withSettingsOf(MODEL, 'gpt-6-sol', 'gpt-5.6-luna', 'gpt-5.6-terra'),
  answerLength: { target: { min: 400, max: 800 }, hard: { min: 200, max: 1_000 } },
  limits: { callMs: 300_000, softMs: 21_600_000, hardMs: 22_500_000 },
  promisedMs: 21_600_000,
  // the order's shape: one after another. The same requests at 12, one for each lane
  width: 1,
  concurrency: 10,
  steps: 161,
  answers: 8_620,
  pages: 1_725,
  gatherFacts: (subject) => gatherFacts(subject, { periods: true }),
  plan,
  document,
};
