import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { EXTREME_NAME, FIXTURES, renderFixture } from '../../cli/local/fixture.ts';
import type { Block } from '../../src/domain/document.ts';
import { createStructureTree } from '../../src/pdf/file/structure-tree.ts';
import type { Reference } from '../../src/pdf/pdfkit-insides.ts';
import { createPdfRenderer } from '../../src/pdf/process/renderer.ts';
import { catalogue } from '../../src/products/catalogue.ts';
import { subjectOf } from '../products/sample.ts';
import { readPaper } from './read-objects.ts';
import { allOf, type Content, pagesOf, parentTreeOf, structureOf } from './read-structure.ts';
import {
  collapse,
  markedTexts,
  openPdf,
  pageTexts,
  scratchFolder,
  unhurried,
} from './rendering.ts';
import { each, INFO, sheet } from './sample-documents.ts';

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

it.each(catalogue.products)(
  'a $id says that AI wrote it, to readers and to programs',
  async (product) => {
    const file = join(await scratchFolder(), 'said.pdf');
    await renderFixture('empty', product, subjectOf({}), file, unhurried());
    const pages = await pageTexts(file);
    expect(pages.join(' ')).toContain('Written with the help of artificial intelligence');
    const xmp = (await readFile(file, 'latin1')).match(
      /<\?xpacket begin[\s\S]*<\?xpacket end/,
    )?.[0];
    expect(xmp).toContain('xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"');
    expect(xmp).toContain(
      '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>',
    );
    expect(xmp).toContain('<pdfuaid:part>1</pdfuaid:part>');
    const paper = await readPaper(file);
    // strict readers take even an empty filter for a packed stream, and find no metadata
    expect(paper.content(paper.catalogue.Metadata)).toContain('DigitalSourceType');
    expect(await readFile(file, 'latin1')).not.toContain('/Filter []');
  },
  60_000,
);

it('gives the column of signs the head of the names beside it, and a column without a title no head', async () => {
  const table: Block = {
    kind: 'table',
    caption: 'Positions',
    columns: [
      { title: '', align: 'center', weight: 1, font: 'symbol' },
      { title: 'Point', align: 'left', weight: 4 },
      { title: ' ', align: 'left', weight: 4 },
    ],
    rows: [['\u2609', 'Sun', 'at home']],
  };
  const calendar: Block = {
    kind: 'calendar',
    heads: ['Mo', ''],
    rows: [[{ text: '1', title: 'Monday 1 June', target: 'only' }, null]],
  };
  const file = join(await scratchFolder(), 'heads.pdf');
  const parts = each([{ ...sheet('only', ['One.']), blocks: [table, calendar] }]);
  await createPdfRenderer().render({ info: INFO, parts }, file, { signal: unhurried() });
  const elements = allOf(structureOf(await readPaper(file)));
  const heads = elements
    .filter(({ type }) => type === 'TR')
    .map(({ elements: cells }) =>
      cells.map(({ type, entries }) => [type, JSON.stringify(entries.A ?? {})].join(' ')),
    );
  expect(heads).toEqual([
    ['TH {"O":"/Table","Scope":"/Column","ColSpan":2}', 'TD {}'],
    ['TD {}', 'TD {}', 'TD {}'],
    ['TH {"O":"/Table","Scope":"/Column"}', 'TD {}'],
    ['TD {}', 'TD {}'],
  ]);
});

it('refuses content for an element that is already in the file, instead of leaving it without', () => {
  let last = 0;
  const written: number[] = [];
  const refer = () => ({ id: ++last }) as Reference;
  const tree = createStructureTree({
    allocate: () => ++last,
    refer,
    write: (id) => written.push(id),
  });
  const section = tree.element('Sect', null);
  const paragraph = tree.element('P', section);
  const other = tree.element('Sect', null);
  tree.write(section.branch);
  expect(written).toEqual([section.id, paragraph.id]);
  const marks = tree.newPage(99);
  expect(() => tree.mark(paragraph, marks)).toThrow('already written');
  expect(() => tree.element('P', section)).toThrow('already written');
  expect(tree.mark(tree.element('P', other), marks)).toBe(0);
});
