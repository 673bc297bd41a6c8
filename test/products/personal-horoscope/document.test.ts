import { describe, expect, it } from 'vitest';
import { personalHoroscopeV1 as definition } from '../../../src/products/personal-horoscope/v1/definition.ts';
import { answersTo, factsOf, partsOf, stored, subjectOf } from '../sample.ts';

const subject = subjectOf();
const facts = factsOf(subject);
const answers = answersTo(definition.plan(facts, subject));
const createdAt = '2026-11-21T08:00:00.000Z';
const render = (given = answers) =>
  definition.document(facts, subject, { createdAt, answers: stored(given) });

describe('the horoscope as a document', async () => {
  const document = render();
  const parts = await partsOf(document);

  it('is a cover and four sheets for each of the 431 periods: 1,725 pages', () => {
    expect(document.info).toMatchObject({ pages: 1_725, partsPerChunk: 10, createdAt });
    expect(definition.pages).toBe(1_725);
    expect(parts).toHaveLength(1_725);
    expect(parts[0]?.layout).toBe('cover');
    expect(parts.slice(1).every(({ layout }) => layout === 'sheet')).toBe(true);
    expect(new Set(parts.map(({ id }) => id)).size).toBe(1_725);
  });

  it('has every answer once, in order, five per sheet', () => {
    const sheets = parts
      .slice(1)
      .map(({ blocks }) => blocks.filter(({ kind }) => kind === 'answer'));
    expect(sheets.every((sheet) => sheet.length === 5)).toBe(true);
    const held = sheets.flat().map((block) => (block.kind === 'answer' ? block : null));
    expect(held.map((block) => ({ id: block?.id, text: block?.text }))).toEqual(answers);
  });

  it('opens each period with its dates and its sky, and only there', () => {
    const openings = parts.slice(1).filter(({ blocks }) => blocks[0]?.kind === 'heading');
    expect(openings.map(({ id }) => id)).toEqual(
      facts.periods.map(({ period }) => `${period.id}-1`),
    );
    expect(openings[3]?.blocks[0]).toMatchObject({ text: 'Saturday 21 November 2026' });
    expect(openings[3]?.blocks[1]).toMatchObject({ style: 'facts' });
  });

  it('has an outline of half > month > week and day', () => {
    const outline = parts.flatMap((part) => part.outline);
    const count = (level: number) => outline.filter((entry) => entry.level === level).length;
    expect([count(0), count(1), count(2)]).toEqual([3, 12, 52 + 365]); // the cover and two halves
    expect(outline.slice(0, 5).map(({ level }) => level)).toEqual([0, 0, 1, 2, 2]);
  });

  const linksOf = (id: string) =>
    parts
      .find((part) => part.id === id)
      ?.blocks.flatMap((block) => (block.kind === 'link' ? [block] : [])) ?? [];

  it('links every sheet to its month and the cover, and only to parts that exist', () => {
    const ids = new Set(parts.map(({ id }) => id));
    for (const { id } of parts.slice(1)) {
      const targets = linksOf(id).map(({ target }) => target);
      expect(targets.at(-1)).toBe('cover');
      expect(targets.filter((target) => !ids.has(target))).toEqual([]);
    }
    expect(linksOf('d001-3').map(({ target }) => target)).toEqual(['m01-1', 'cover']);
    expect(linksOf('d365-1').map(({ target }) => target)).toEqual(['m12-1', 'cover']);
    expect(linksOf('w05-2').map(({ text }) => text)).toEqual([
      'To Month 1: 21 November – 20 December 2026',
      'To the cover',
    ]);
    expect(linksOf('m07-2').map(({ target }) => target)).toEqual(['h2-1', 'cover']);
    expect(linksOf('h2-1').at(-1)?.target).toBe('cover');
  });

  it('links every month from its half', () => {
    const links = [...linksOf('h1-1'), ...linksOf('h2-1')];
    const months = links.filter(({ target }) => target.startsWith('m'));
    expect(new Set(months.map(({ target }) => target)).size).toBe(12);
  });

  it('opens each month with a calendar that has every day under its weekday', () => {
    const calendars = parts.flatMap(({ blocks }) =>
      blocks
        .flatMap((block) => (block.kind === 'aside' ? block.aside : []))
        .filter((block) => block.kind === 'calendar'),
    );
    expect(calendars).toHaveLength(12);
    const days = calendars.flatMap(({ rows }) => rows.flat().filter((day) => day !== null));
    expect(days.map(({ target }) => target)).toEqual(
      Array.from({ length: 365 }, (_, index) => `d${String(index + 1).padStart(3, '0')}-1`),
    );
    expect(
      days.map(({ target }) => target).filter((id) => !parts.some((part) => part.id === id)),
    ).toEqual([]);
    const [first] = calendars;
    expect(first?.rows[0]?.map((day) => day?.text ?? '')).toEqual(['', '', '', '', '', '21', '22']);
    expect(first?.rows[0]?.[5]?.title).toBe('Saturday 21 November 2026');
    for (const { rows } of calendars) {
      rows.forEach((row, week) => {
        expect(row).toHaveLength(7);
        row.forEach((day, column) => {
          const weekday = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][column] ?? '';
          if (day !== null) expect(day.title.startsWith(weekday)).toBe(true);
          else expect([0, rows.length - 1]).toContain(week); // no gaps inside
        });
      });
    }
  });

  it('has name, birth, year, wheel, positions and colophon on its cover', () => {
    const cover = JSON.stringify(parts[0]);
    expect(cover).toContain('Zoë Łukasz');
    expect(cover).toContain('Born 15 June 1990 at 11:00 in London, United Kingdom');
    expect(cover).toContain('21 November 2026 – 20 November 2027');
    expect(parts[0]?.blocks.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['figure', 'table']),
    );
    expect(cover).toContain('artificial intelligence');
    expect(cover).toContain('test 1.0');
  });

  it('is the same every time', async () => {
    expect(JSON.stringify(await partsOf(render()))).toBe(JSON.stringify(parts));
  });
});

describe('an incomplete horoscope', () => {
  it.each([
    ['an answer is missing at the end', answers.slice(0, -1), 'd365-change is missing'],
    ['an answer is missing in between', answers.toSpliced(7, 1), 'h1-friends expected'],
    ['it has one answer too many', [...answers, { id: 'd366-rest', text: '' }], 'one too many'],
  ])('is refused when %s', async (_, given, message) => {
    await expect(partsOf(render(given))).rejects.toThrow(message);
  });
});
