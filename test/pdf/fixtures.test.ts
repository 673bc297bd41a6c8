import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXTREME_NAME, FIXTURES, fixtureAnswers, renderFixture } from '../../cli/local/fixture.ts';
import type { Answer } from '../../src/domain/call-plan.ts';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { byPeriod, subjectOf } from '../products/sample.ts';
import { collapse, openPdf, pageTexts, scratchFolder, unhurried } from './rendering.ts';

const subject = subjectOf({ name: EXTREME_NAME });

function productOf(id: string): ProductDefinition {
  const found = catalogue.products.find((product) => product.id === id);
  if (found === undefined) throw new Error(`no product ${id}`);
  return found;
}

async function render(fixture: (typeof FIXTURES)[number], id: string) {
  const product = productOf(id);
  const file = join(await scratchFolder(), `${id}.pdf`);
  const done = await renderFixture(fixture, product, subject, file, unhurried());
  const facts = product.gatherFacts(subject);
  const plan = product.plan(facts, subject);
  const answers: Answer[] = await Array.fromAsync(fixtureAnswers(fixture, product, plan));
  return { done, file, product, answers, facts };
}

describe.each(['life-clarity', 'blueprint'])('%s from stored answers', (id) => {
  it.each(FIXTURES)(
    '%s: has every answer in order, from cover to colophon',
    async (fixture) => {
      const { file, product, answers } = await render(fixture, id);
      expect(answers).toHaveLength(product.answers);
      const texts = await pageTexts(file);
      expect(texts[0]).toContain(product.title);
      expect(texts.at(-1)).toContain('How this report was made');
      // an answer may continue on the next page, but its beginning must be on one page
      const all = texts.join(' ');
      let from = 0;
      for (const { text } of answers) {
        if (/[^ -~\n]/.test(text)) continue; // right-to-left scripts are extracted in another order
        const beginning = collapse(text).slice(0, 60);
        const found = all.indexOf(beginning, from);
        expect(found, beginning).toBeGreaterThanOrEqual(from);
        from = found;
      }
    },
    30_000,
  );
});

it('sets the longest answers that the horoscope allows on 1,725 pages, complete and readable', async () => {
  const { done, file, answers, facts } = await render('longest', 'personal-horoscope');
  const printed = byPeriod(answers, facts);
  expect(done.pages).toBe(1725);
  expect(answers.every(({ text }) => text.length > 900 && text.length <= 1000)).toBe(true);
  const pdf = await openPdf(file);
  // the first pages of a half, a month, a week and a day, and the very last page
  for (const page of [2, 6, 10, 14, 1725]) {
    const { items } = await (await pdf.getPage(page)).getTextContent();
    const shown = items.filter((item) => 'str' in item);
    const text = collapse(shown.map(({ str }) => str).join(' '));
    for (const answer of printed.slice((page - 2) * 5, (page - 1) * 5)) {
      expect(text).toContain(collapse(answer.text));
    }
    for (const { str, height, transform } of shown) {
      if (str.trim() === '') continue;
      expect(height).toBeGreaterThanOrEqual(7.5);
      expect(transform[5]).toBeGreaterThan(30);
    }
  }
}, 60_000);
