import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Part } from '../../../src/domain/document.ts';
import { createPdfRenderer } from '../../../src/pdf/process/renderer.ts';
import { choosePieces, unprintable } from '../../../src/pdf/type/choose-fonts.ts';
import { coverageTable } from '../../../src/pdf/type/coverage-table.ts';
import { linesOf } from '../read-lines.ts';
import { readPaper } from '../read-objects.ts';
import { scratchFolder, unhurried } from '../rendering.ts';
import { each, INFO } from '../sample-documents.ts';

it('the table of coverage says what the font files have', () => {
  const table = readFileSync(
    new URL('../../../src/pdf/type/coverage.txt', import.meta.url),
    'utf8',
  );
  // if not: npx node scripts/build-coverage.ts
  expect(table === coverageTable()).toBe(true);
});

it('a letter that no font has with its marks is named whole, once', () => {
  expect(unprintable('Ada \u{13080} and \u{13080}, Zoë')).toEqual(['\u{13080}']);
  expect(unprintable('क\u{1ab0}')).toEqual(['क\u{1ab0}']);
  expect(unprintable('Zoë Łukasz-Đặng · 田中 さくら · محمد · Ольга 🌙')).toEqual([]);
});

it('a letter and its marks come from one font, and so does a word that a font has whole', () => {
  expect(choosePieces('serif', 'X̱ʼunei')).toHaveLength(1);
  expect(choosePieces('serif', '黃吳賴鄧溫')).toHaveLength(1);
  expect(choosePieces('serif', 'कि☉').map(({ text }) => text)).toEqual(['कि', '☉']);
});

it('what no font has is printed as its number and copied as itself, and the report is made', async () => {
  const text = 'Old \u{13080} and क\u{1ab0}, then דוד \u{13080}.';
  const file = join(await scratchFolder(), 'odd.pdf');
  const blocks: Part['blocks'] = [{ kind: 'paragraph', style: 'body', text }];
  const part: Part = { id: 'odd', layout: 'cover', outline: [], head: '', blocks };
  const document = { info: { ...INFO, pages: 1 }, parts: each([part]) };
  await createPdfRenderer().render(document, file, { signal: unhurried() });
  const paper = await readPaper(file);
  const [page] = paper.list(paper.dict(paper.catalogue.Pages).Kids);
  const [line] = linesOf(paper, paper.dict(page));
  expect(line?.actual).toContain('Old \u{13080} and क\u{1ab0}, then ');
  expect(line?.mapped).toContain('Old [U+13080] and क[U+1AB0], then ');
});

it('Chinese answers of 8,000 different letters are made: the font is opened again for more', async () => {
  const letters = Array.from({ length: 8_000 }, (_, index) => String.fromCodePoint(0x4e00 + index));
  const paragraphs = Array.from({ length: 4 }, (_, index) =>
    letters.slice(index * 2_000, index * 2_000 + 2_000).join(''),
  );
  const file = join(await scratchFolder(), 'han.pdf');
  const blocks = paragraphs.map((text) => ({ kind: 'paragraph', style: 'body', text }) as const);
  const part: Part = { id: 'han', layout: 'flow', outline: [], head: '', blocks };
  const document = { info: { ...INFO, pages: null }, parts: each([part]) };
  const { pages } = await createPdfRenderer().render(document, file, { signal: unhurried() });
  expect(pages).toBeGreaterThan(2);
});
