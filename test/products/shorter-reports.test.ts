import { describe, expect, it } from 'vitest';
import type { ProductDefinition } from '../../src/domain/product.ts';
import { blueprintV1 } from '../../src/products/blueprint/v1/definition.ts';
import { lifeClarityV1 } from '../../src/products/life-clarity/v1/definition.ts';
import { answersTo, factsOf, partsOf, stored, subjectOf } from './sample.ts';

const subject = subjectOf();
const facts = factsOf(subject);
const createdAt = '2026-11-21T08:00:00.000Z';

function render(
  definition: ProductDefinition,
  answers = answersTo(definition.plan(facts, subject)),
) {
  return definition.document(facts, subject, { createdAt, answers: stored(answers) });
}

describe.each([
  ['blueprint', blueprintV1, 13],
  ['life-clarity', lifeClarityV1, 9],
] as const)('%s as a document', async (_, definition, chapters) => {
  const document = render(definition);
  const parts = await partsOf(document);

  it('has a cover, chart, contents, its chapters and a colophon', () => {
    const ids = parts.map(({ id }) => id);
    expect(ids).toHaveLength(chapters + 5);
    expect(ids.slice(0, 4)).toEqual(['cover', 'chart', 'positions', 'contents']);
    expect(ids.at(-1)).toBe('colophon');
    expect(new Set(ids).size).toBe(ids.length);
    expect(parts.map(({ layout }) => layout)).toEqual([
      'cover',
      ...Array(chapters + 4).fill('flow'),
    ]);
    expect(document.info).toMatchObject({ pages: null, language: 'en', createdAt });
  });

  it('has every answer once, in order', () => {
    const held = parts.flatMap(({ blocks }) =>
      blocks.flatMap((block) =>
        block.kind === 'answer' ? [{ id: block.id, text: block.text }] : [],
      ),
    );
    expect(held).toEqual(answersTo(definition.plan(facts, subject)));
  });

  it('shows wheel, positions and aspects, and says how they were calculated', () => {
    const [, chart, positions] = parts;
    expect(chart?.blocks.map(({ kind }) => kind)).toEqual(['heading', 'figure', 'paragraph']);
    expect(positions?.blocks.map(({ kind }) => kind)).toEqual(['table', 'heading', 'figure']);
    expect(JSON.stringify(chart)).toContain(
      '51°30′ N, 0°08′ W · 1990-06-15 10:00 UTC (UTC+01:00, Europe/London). Houses: Placidus.',
    );
    expect(JSON.stringify(parts.at(-1))).toContain('test 1.0');
  });

  it('refuses incomplete answers', async () => {
    const answers = answersTo(definition.plan(facts, subject));
    await expect(partsOf(render(definition, answers.slice(1)))).rejects.toMatchObject({
      code: 'document',
    });
  });

  it('says why the houses differ from those asked for, or are missing', async () => {
    const place = { name: 'Tromsø', latitude: 69.65, longitude: 18.96, timeZone: 'Europe/Oslo' };
    const polar = subjectOf({ place });
    const polarFacts = factsOf(polar);
    const answers = stored(answersTo(definition.plan(polarFacts, polar)));
    const pages = await partsOf(definition.document(polarFacts, polar, { createdAt, answers }));
    expect(JSON.stringify(pages.at(-1))).toContain(
      'Porphyry, because Placidus houses have no meaning this near the pole',
    );
    const unknown = subjectOf({ time: null });
    const unknownFacts = factsOf(unknown);
    const others = definition.document(unknownFacts, unknown, {
      createdAt,
      answers: stored(answersTo(definition.plan(unknownFacts, unknown))),
    });
    expect(JSON.stringify((await partsOf(others)).at(-1))).toContain('no houses and no angles');
  });
});

it('life-clarity divides its nine chapters among four voices: 3, 2, 2 and 2', () => {
  const { steps, digest } = lifeClarityV1.plan(facts, subject);
  expect(steps.map(({ groups }) => groups.length)).toEqual([3, 2, 2, 2]);
  expect(new Set(steps.map(({ voice }) => voice)).size).toBe(4);
  expect(new Set(steps.map(({ instructions }) => instructions)).size).toBe(4);
  expect(digest).toBeNull();
  expect(steps[3]?.groups[1]?.facts.join()).toContain('Mars trine natal Venus');
});

it('the blueprint asks one theme per step, with the facts for that theme', () => {
  const { steps, digest } = blueprintV1.plan(facts, subject);
  expect(steps.every(({ groups }) => groups.length === 1)).toBe(true);
  expect(digest).toBeNull();
  const facts40 = steps.find(({ groups }) => groups[0]?.questions[0]?.id === 'north-node');
  expect(facts40?.groups[0]?.facts[0]).toMatch(/^Natal North Node/);
});
