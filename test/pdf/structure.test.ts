import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXTREME_NAME, FIXTURES, renderFixture } from '../../cli/local/fixture.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { subjectOf } from '../products/sample.ts';
import { readPaper } from './read-objects.ts';
import { allOf, type Content, pagesOf, parentTreeOf, structureOf } from './read-structure.ts';
import { collapse, markedTexts, openPdf, scratchFolder, unhurried } from './rendering.ts';

/** Reading all words of 1,725 pages takes as long as drawing them: the horoscope's are read on every 40th page. */
const SAMPLED = 40;

const keyOf = ({ page, mcid }: Content) => `${page} ${mcid}`;

describe.each(catalogue.products)('the tags of a $id', (product) => {
  it.each(FIXTURES)(
    'reach every word from the root, and lead back, when its answers are %s',
    async (fixture) => {
      const file = join(await scratchFolder(), 'tagged.pdf');
      const subject = subjectOf(fixture === 'extreme' ? { name: EXTREME_NAME } : {});
      await renderFixture(fixture, product, subject, file, unhurried());
      const paper = await readPaper(file);
      const pages = pagesOf(paper);
      const elements = allOf(structureOf(paper));
      const reached = elements.flatMap(({ contents }) => contents);

      // every marked content of every page, once, in the order in which it is drawn
      const drawn = pages.flatMap(({ id, mcids }) => mcids.map((mcid) => ({ page: id, mcid })));
      expect(reached.map(keyOf)).toEqual(drawn.map(keyOf));

      const texts = new Map<string, string>();
      const pdf = await openPdf(file);
      const step = pages.length > 1000 ? SAMPLED : 1;
      for (let at = 0; at < pages.length; at += step) {
        const page = pages[at];
        const { tagged, decoration } = await markedTexts(pdf, at + 1);
        expect(decoration).toMatch(at === 0 ? /^$/ : /^(\S.* )?\d+ of \d+$/);
        for (const [mcid, text] of tagged) texts.set(keyOf({ page: page?.id ?? 0, mcid }), text);
      }
      const wordsOf = (contents: readonly Content[]) =>
        collapse(contents.map((content) => texts.get(keyOf(content)) ?? '').join(' '));
      expect(wordsOf(reached)).toBe(collapse([...texts.values()].join(' ')));

      // back from the pages: the parent tree
      const { owners, nextKey, depths, widest } = parentTreeOf(paper);
      expect(nextKey).toBe(owners.size);
      expect(new Set(depths).size).toBe(1);
      expect(widest).toBeLessThanOrEqual(64);
      const ownerOf = new Map(
        elements.flatMap(({ id, contents }) => contents.map((content) => [keyOf(content), id])),
      );
      const links = new Map(
        elements.flatMap((element) => element.annotations.map((id) => [id, element])),
      );
      for (const { id, structParents, mcids, annotations } of pages) {
        const expected = mcids.map((mcid) => ownerOf.get(keyOf({ page: id, mcid })));
        expect(owners.get(structParents)).toEqual(expected);
        for (const { id: annotation, entries } of annotations) {
          const link = links.get(annotation);
          expect(link?.type).toBe('Link');
          expect(owners.get(Number(entries.StructParent))).toEqual([link?.id]);
          expect(link?.contents.length).toBeGreaterThan(0);
          expect(entries.Contents).toMatch(/\S/);
        }
      }
      const annotated = pages.flatMap(({ annotations }) => annotations.map(({ id }) => id));
      expect(new Set(links.keys())).toEqual(new Set(annotated));

      for (const { type, contents, elements: below, entries } of elements) {
        if (type === 'Figure') expect(entries.Alt).toMatch(/\S/);
        // nothing is announced that has no words; only cells of a table may be empty
        if (type !== 'TD') expect(contents.length + below.length, type).toBeGreaterThan(0);
        if (type === 'TH' && step === 1) expect(wordsOf(contents)).toMatch(/\p{L}/u);
      }
    },
    120_000,
  );
});
