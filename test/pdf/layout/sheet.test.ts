import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createPdfRenderer } from '../../../src/pdf/process/renderer.ts';
import { collapse, openPdf, pageTexts, scratchFolder, unhurried } from '../rendering.ts';
import { each, INFO, periodOpening, sheet } from '../sample-documents.ts';
import { prose, randomOf } from '../sample-text.ts';

const random = randomOf(11);
const LONG_WORD = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunter';

const CASES: Record<string, string[]> = {
  'five of the longest answers': Array.from({ length: 5 }, () => prose(random, 1000)),
  'five of the shortest answers': Array.from({ length: 5 }, () => prose(random, 200)),
  'one-word answers': ['Yes.', 'No.', 'Soon.', 'Never.', 'Ask.'],
  'words of sixty letters': Array.from({ length: 5 }, () =>
    Array.from({ length: 6 }, () => `${LONG_WORD} ${prose(random, 70)}`).join(' '),
  ),
  'ligatures, hyphens and dashes': Array.from({ length: 5 }, () =>
    'An office of the affluent: first fjord, fluffy half-baked well-known pre- and post-war — yes—no… “quoted” ‘too’ '
      .repeat(8)
      .trim(),
  ),
  'names in many scripts': [
    'Zoë and Łukasz met Ångström, Đặng, Čapek and İpek.',
    'Ольга и Дмитрий, Ελένη και Νίκος.',
    '田中 さくら and 김민준 and 王小明.',
    'Sky 🌙 and sun ☀ and stars ✨ for you.',
    'ณัฐ and 東京 stand here.',
  ],
};

for (const [title, texts] of Object.entries(CASES)) {
  it(`sets ${title} on one page without breaking a word`, async () => {
    const folder = await scratchFolder();
    const done = await createPdfRenderer().render(
      {
        info: { ...INFO, pages: 2 },
        parts: each([
          { ...sheet('cover', texts, periodOpening('Wednesday')) },
          sheet('second', texts),
        ]),
      },
      join(folder, 'sheet.pdf'),
      { signal: unhurried() },
    );
    const pages = await pageTexts(done.file);
    expect(pages).toHaveLength(2);
    for (const text of texts) {
      for (const page of pages) expect(page).toContain(collapse(text));
    }
    // nothing is below the page number, outside the column or smaller than 7.5 points
    const page = await (await openPdf(done.file)).getPage(1);
    const { items } = await page.getTextContent();
    for (const item of items) {
      if (!('str' in item) || item.str.trim() === '') continue;
      expect(item.transform[5]).toBeGreaterThan(30);
      expect(item.transform[4] + item.width).toBeLessThan(595.28 - 60);
      expect(item.height).toBeGreaterThanOrEqual(7.5);
    }
  });
}

it('keeps every letter of right-to-left names', async () => {
  const folder = await scratchFolder();
  const done = await createPdfRenderer().render(
    {
      info: { ...INFO, pages: 1 },
      parts: each([sheet('s', ['For محمد and for שרה today.'])]),
    },
    join(folder, 'rtl.pdf'),
    { signal: unhurried() },
  );
  const [text = ''] = await pageTexts(done.file);
  const letters = (word: string) => [...word].toSorted().join('');
  const words = text.split(' ').map(letters);
  expect(words).toContain(letters('محمد'));
  expect(words).toContain(letters('שרה'));
});
