import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Block } from '../../../src/domain/document.ts';
import { createPdfRenderer } from '../../../src/pdf/process/renderer.ts';
import { openPdf, pageTexts, scratchFolder, unhurried } from '../rendering.ts';
import { each, INFO, sheet } from '../sample-documents.ts';

const CALENDAR: Block = {
  kind: 'calendar',
  heads: ['Mo', 'Tu', 'We'],
  rows: [
    [null, { text: '1', title: 'Tuesday 1 June', target: 'first' }, null],
    [{ text: '7', title: 'Monday 7 June', target: 'seventh' }, null, null],
  ],
};

it('sets a calendar next to the text, with days that are links and say their date', async () => {
  const folder = await scratchFolder();
  const sky: Block = { kind: 'paragraph', style: 'facts', text: 'Moon in Libra. '.repeat(20) };
  const opening: Block[] = [{ kind: 'aside', blocks: [sky], aside: [CALENDAR] }];
  const done = await createPdfRenderer().render(
    {
      info: { ...INFO, pages: 3 },
      parts: each([
        sheet('month', ['What the month asks.'], opening),
        sheet('first', ['One.']),
        sheet('seventh', ['Seven.']),
      ]),
    },
    join(folder, 'calendar.pdf'),
    { signal: unhurried() },
  );
  const pdf = await openPdf(done.file);
  const page = await pdf.getPage(1);
  const links = await page.getAnnotations();
  expect(links.map(({ dest, contentsObj }) => [dest, contentsObj.str])).toEqual([
    ['first', 'Tuesday 1 June'],
    ['seventh', 'Monday 7 June'],
  ]);
  const [first, seventh] = links.map(({ rect }) => rect);
  expect(seventh[0]).toBeLessThan(first[0]); // Monday comes before Tuesday
  expect(seventh[3]).toBeLessThan(first[3]); // the second week is below the first
  expect(seventh[0]).toBeGreaterThan(595 / 2); // to the right of the text
  const roles = JSON.stringify(await page.getStructTree());
  for (const role of ['Table', 'TH', 'TD', 'Link']) expect(roles).toContain(`"${role}"`);
  expect((await pageTexts(done.file))[0]).toContain('Mo Tu We 1 7');
});

it('labels the cover by name and the other pages with their printed numbers', async () => {
  const folder = await scratchFolder();
  const cover = { ...sheet('cover', []), layout: 'cover' as const };
  const done = await createPdfRenderer().render(
    {
      info: { ...INFO, pages: 3 },
      parts: each([cover, sheet('one', ['One.']), sheet('two', ['Two.'])]),
    },
    join(folder, 'labels.pdf'),
    { signal: unhurried() },
  );
  expect(await (await openPdf(done.file)).getPageLabels()).toEqual(['Cover', '2', '3']);
});
