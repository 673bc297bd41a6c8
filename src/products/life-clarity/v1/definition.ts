/** Life Clarity, version 1: nine chapters from four voices that write at the same time. */
import { gatherFacts } from '../../../astrology/gather-facts.ts';
import type { ProductDefinition } from '../../../domain/product.ts';
import { progressedMoon } from '../../shared/progressed-moon.ts';
import { document } from './document.ts';
import { plan } from './plan.ts';

export const lifeClarityV1: ProductDefinition = {
  id: 'life-clarity',
  version: 1,
  title: 'Life Clarity',
  summary:
    'A short book of nine chapters that shows you where you stand: character, love, work, growth and the coming year.',
  queue: 'life-clarity',
  price: { currency: 'usd', amountMinor: 900 },
  caller: 'agent',
  model: { name: 'gpt-4o', maxTokens: 12_000, temperature: 0.8, serviceTier: 'default' },
  answerLength: { target: { min: 1_200, max: 2_500 }, hard: { min: 800, max: 4_000 } },
  limits: { callMs: 120_000, softMs: 600_000, hardMs: 660_000 },
  promisedMs: 600_000,
  width: 4,
  concurrency: 4,
  steps: 4,
  answers: 9,
  pages: null,
  gatherFacts(subject) {
    const facts = gatherFacts(subject, { periods: false });
    return { ...facts, progressedMoon: progressedMoon(subject, facts.chart) };
  },
  plan,
  document,
};
