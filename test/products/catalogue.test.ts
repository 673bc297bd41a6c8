import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { questionsOf } from '../../src/domain/call-plan.ts';
import { QUEUES } from '../../src/domain/product.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { factsOf, subjectOf } from './sample.ts';

const subject = subjectOf();
const facts = factsOf(subject);

describe('the catalogue', () => {
  it('sells three products and a bundle of them that costs less than its parts', () => {
    expect(catalogue.products.map(({ id, price }) => [id, price.amountMinor])).toEqual([
      ['life-clarity', 900],
      ['blueprint', 1_900],
      ['personal-horoscope', 4_000],
    ]);
    const [bundle] = catalogue.bundles;
    const parts = catalogue.products.filter(({ id }) => bundle?.products.includes(id));
    expect(parts).toHaveLength(3);
    const sum = parts.reduce((total, { price }) => total + price.amountMinor, 0);
    expect(bundle?.price.amountMinor).toBe(4_900);
    expect(bundle?.price.amountMinor).toBeLessThan(sum);
  });

  it('finds a definition by product and version, and returns null for an unknown one', () => {
    for (const product of catalogue.products) {
      expect(catalogue.definition(product.id, product.version)).toBe(product);
      expect(catalogue.definition(product.id, product.version + 1)).toBeNull();
    }
    expect(catalogue.definition('tarot', 1)).toBeNull();
  });
});

describe.each(catalogue.products.map((product) => [product.id, product] as const))(
  'the definition of %s',
  (id, product) => {
    const plan = product.plan(facts, subject);
    const questions = plan.steps.flatMap(questionsOf);

    it('plans as many steps and answers as it states', () => {
      expect(plan.steps.map(({ step }) => step)).toEqual(
        Array.from({ length: product.steps }, (_, index) => index + 1),
      );
      expect(questions).toHaveLength(product.answers);
      expect(new Set(questions.map((question) => question.id)).size).toBe(product.answers);
    });

    it('has bounds that fit together', () => {
      const { target, hard } = product.answerLength;
      expect([hard.min, target.min, target.max, hard.max]).toEqual(
        [hard.min, target.min, target.max, hard.max].toSorted((left, right) => left - right),
      );
      expect(product.limits.callMs).toBeLessThan(product.limits.softMs);
      expect(product.limits.softMs).toBeLessThan(product.limits.hardMs);
      expect(QUEUES).toContain(product.queue);
      // at four characters per token, the longest answers of the fullest step fit into one call
      const fullest = Math.max(...plan.steps.map((step) => questionsOf(step).length));
      expect((fullest * target.max) / 4).toBeLessThan(product.model.maxTokens);
    });

    it('tells the model the answer length that it is checked against', () => {
      const { min, max } = product.answerLength.target;
      const number = (value: number) => value.toLocaleString('en-US');
      expect(plan.system).toContain(
        `Each answer has between ${number(min)} and ${number(max)} characters.`,
      );
    });

    it('has a system prompt that is the same for everyone', () => {
      const file = new URL(`../../src/products/${id}/v1/prompts/system.md`, import.meta.url);
      expect(plan.system).toBe(readFileSync(file, 'utf8').trim());
    });

    it('writes each fact and question on one line, with words in it', () => {
      const groups = plan.steps.flatMap((step) => step.groups);
      const lines = groups.flatMap(({ title, facts: given, questions: asked }) => [
        title,
        ...given,
        ...asked.map(({ text }) => text),
      ]);
      for (const line of [...plan.person, ...lines]) expect(line).toMatch(/^[^\s[\]#][^\n\r]+$/);
      for (const group of groups) expect(group.facts.length).toBeGreaterThan(0);
    });

    it('plans the same bytes from the same facts', () => {
      expect(JSON.stringify(product.plan(factsOf(subject), subject))).toBe(JSON.stringify(plan));
    });

    it('accepts a birth without a time, and then has no house, Ascendant or Midheaven in its natal facts', () => {
      const unknown = subjectOf({ time: null });
      const planned = product.plan(factsOf(unknown), unknown);
      const natal = [
        ...planned.person,
        ...planned.steps.flatMap(({ groups }) => groups.flatMap((group) => group.facts)),
      ].filter((line) => line.startsWith('Natal'));
      expect(natal.length).toBeGreaterThan(13);
      for (const line of natal) expect(line).not.toMatch(/house|Ascendant|Midheaven|Descendant|IC/);
      expect(planned.person.join()).toContain('birth time is unknown');
      for (const { groups } of planned.steps) {
        for (const group of groups) expect(group.facts.length).toBeGreaterThan(0);
      }
    });
  },
);
