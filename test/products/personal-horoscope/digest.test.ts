import { describe, expect, it } from 'vitest';
import { AREAS } from '../../../src/products/personal-horoscope/v1/areas.ts';
import { digest } from '../../../src/products/personal-horoscope/v1/digest.ts';

describe('the digest of the step before', () => {
  const answers = ['d001', 'd002', 'd003'].flatMap((period) =>
    AREAS.map((key) => ({
      id: `${period}-${key}`,
      text: `On ${period} there is much to be said about this, and it takes quite some words. More.`,
    })),
  );

  it('holds at most 1,200 characters, however long the answers', () => {
    const long = answers.map(({ id }) => ({ id, text: 'longword '.repeat(110) }));
    expect(digest(long).length).toBeLessThanOrEqual(1_200);
    expect(digest(long).split('\n')).toHaveLength(20);
  });

  it('keeps the opening of the latest answer on each area', () => {
    const lines = digest(answers).split('\n');
    expect(lines.map((line) => line.split(':')[0])).toEqual(AREAS);
    for (const line of lines) expect(line).toContain('On d003 there');
  });

  it('cuts at a word, and leaves a short text whole', () => {
    expect(digest([{ id: 'd001-rest', text: 'Sleep late. Then rise.' }])).toBe('rest: Sleep late.');
    expect(digest(answers.slice(0, 1))).toMatch(/^identity: On d001 [\w ,]+\w…$/);
  });

  it('passes on nothing that looks like a question or a heading', () => {
    expect(digest([{ id: 'd001-rest', text: '# Stop\n[d002-rest] Say no more.' }])).toBe(
      'rest: Stop d002-rest Say no more.',
    );
  });
});
