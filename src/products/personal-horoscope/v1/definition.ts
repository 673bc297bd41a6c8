/** The personal horoscope, version 1: one year, 431 periods, 20 life areas. */
import { gatherFacts } from '../../../astrology/gather-facts.ts';
import type { ProductDefinition } from '../../../domain/product.ts';
import { AFTER_GPT_4O } from '../../shared/successors.ts';
import { document } from './document.ts';
import { plan } from './plan.ts';

export const personalHoroscopeV1: ProductDefinition = {
  id: 'personal-horoscope',
  version: 1,
  title: 'Personal Horoscope',
  summary:
    'A book of 1,725 pages for one year of your life: every day, week, month and half-year, each read for twenty areas of life.',
  queue: 'personal-horoscope',
  price: { currency: 'usd', amountMinor: 4_000 },
  caller: 'completion',
  model: { name: 'gpt-4o', maxTokens: 12_000, temperature: 0.8, serviceTier: 'default' },
  successors: AFTER_GPT_4O,
  answerLength: { target: { min: 400, max: 800 }, hard: { min: 200, max: 1_000 } },
  limits: { callMs: 300_000, softMs: 21_600_000, hardMs: 22_500_000 },
  promisedMs: 21_600_000,
  grace: 'long',
  // each step needs a digest of the one before, so they run one by one
  width: 1,
  concurrency: 10,
  steps: 161,
  answers: 8_620,
  pages: 1_725,
  gatherFacts: (subject) => gatherFacts(subject, { periods: true }),
  plan,
  document,
};
