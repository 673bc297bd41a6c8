import { describe, expect, it } from 'vitest';
import { questionsOf } from '../../src/domain/call-plan.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { answersTo, partsOf, stored, subjectOf } from './sample.ts';

const known = subjectOf({ startDate: '2027-08-31' });
// the Sun and Mercury changed sign that day
const unknown = subjectOf({ utc: '1990-03-20T12:00:00Z', time: null, startDate: '2027-08-31' });

describe.each(
  catalogue.products.flatMap(
    (product) =>
      [
        [product.id, 'a known time', product, known],
        [product.id, 'an unknown time', product, unknown],
      ] as const,
  ),
)('%s from a real birth and year, with %s', async (_, __, product, subject) => {
  const facts = product.gatherFacts(subject);
  const plan = product.plan(facts, subject);
  const document = product.document(facts, subject, {
    createdAt: '2027-08-30T12:00:00.000Z',
    answers: stored(answersTo(plan)),
  });
  const parts = await partsOf(document);

  it('keeps each call under 20,000 characters', () => {
    const lengths = plan.steps.map((step) => JSON.stringify([plan.person, step.groups]).length);
    expect(Math.max(...lengths)).toBeLessThan(20_000);
  });

  it('asks every question under facts of its own', () => {
    // without houses and angles, a theme of theirs may be left with one
    const least = subject === unknown ? 0 : 3;
    for (const step of plan.steps) {
      for (const group of step.groups) expect(group.facts.length).toBeGreaterThan(least);
      expect(questionsOf(step).length).toBeGreaterThan(0);
    }
  });

  it('contains no traces of code', () => {
    const said = JSON.stringify([plan, parts]);
    expect(said).not.toMatch(/undefined|NaN|\[object|null null|TrueNode|MeanNode/);
  });

  it('keeps the small print above a sheet to a few lines', () => {
    const paragraphs = parts.flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        block.kind === 'paragraph' && block.style === 'facts' ? [block.text.length] : [],
      ),
    );
    expect(Math.max(0, ...paragraphs)).toBeLessThan(900);
  });

  it('plans and draws the same from stored facts as from fresh ones', async () => {
    const kept = JSON.parse(JSON.stringify(facts));
    expect(JSON.stringify(product.plan(kept, subject))).toBe(JSON.stringify(plan));
    const again = product.document(kept, subject, {
      createdAt: document.info.createdAt,
      answers: stored(answersTo(plan)),
    });
    expect(JSON.stringify(await partsOf(again))).toBe(JSON.stringify(parts));
  });
});
