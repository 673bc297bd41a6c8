import { expect, test } from 'vitest';
import { composeAlert, composeLetter } from '../../../src/delivery/letters/compose-letter.ts';
import { LETTER_KINDS } from '../../../src/domain/email.ts';
import type { LetterData } from '../../../src/domain/ports/work.ts';

const report = (title: string) => ({
  title,
  url: `https://almanac.example/d/${title}`,
  pages: 1725,
});

function data(change: Partial<LetterData> = {}): LetterData {
  return {
    order: {
      id: 'ord_1',
      email: 'ada@example.com',
      currency: 'usd',
      amountMinor: 4900,
      cancelled: false,
      graceEndsAt: null,
    },
    reports: [report('One'), report('Two')],
    titles: ['One', 'Two'],
    missing: [],
    open: [],
    refund: null,
    statusUrl: 'https://almanac.example/o/token',
    ...change,
  };
}

test('the ready letter carries every link and the order page, in text and in HTML', () => {
  const letter = composeLetter('ready', 'ready-ord_1', data());
  expect(letter).toMatchObject({ to: 'ada@example.com', key: 'ready-ord_1' });
  for (const body of [letter.text, letter.html]) {
    expect(body).toContain('https://almanac.example/d/One');
    expect(body).toContain('https://almanac.example/d/Two');
    expect(body).toContain('https://almanac.example/o/token');
    expect(body).toContain('1,725 pages');
  }
});

test('a single report is named in the subject', () => {
  const letter = composeLetter('ready', 'k', data({ reports: [report('Blueprint')] }));
  expect(letter.subject).toBe('Your Blueprint is ready');
});

test('the letter says that a failed report is missing', () => {
  const letter = composeLetter('ready', 'k', data({ missing: ['Personal Horoscope'] }));
  expect(letter.text).toContain('could not finish your Personal Horoscope');
  expect(letter.subject).toBe('2 of your 3 Almanac reports are ready');
});

test.each(LETTER_KINDS)(
  'a "%s" letter greets nobody by name, and tells a stranger what to do',
  (kind) => {
    const refund = { amountMinor: 649, reason: 'failed', titles: ['Two'] } as const;
    const letter = composeLetter(kind, 'k', data({ refund: { ...refund, titles: ['Two'] } }));
    expect(letter.text).toMatch(/^Hello,\n/);
    expect(letter.text).toContain('not your order? Just reply');
  },
);

test('the first letter tells a stranger that an order was placed with their address, and until when it can be changed', () => {
  const { order } = data();
  const graceEndsAt = '2026-11-28T10:42:00.000Z';
  const { text } = composeLetter('received', 'k', data({ order: { ...order, graceEndsAt } }));
  expect(text).toContain('an order was placed with your address');
  expect(text).toContain('We begin at 10:42 UTC');
});

test('the first letter of an order that was cancelled before it went out says so, and how much goes back', () => {
  const { order } = data();
  const letter = composeLetter('received', 'k', data({ order: { ...order, cancelled: true } }));
  expect(letter.subject).toBe('Your order was cancelled: One and Two');
  expect(letter.text).toContain('We are sending $49.00 back');
});

test.each([
  ['received', {}, 'Your payment of $49.00 has arrived'],
  ['delayed', { open: ['Two'] }, 'Two should have been ready by now, but it is not'],
  ['corrected', {}, 'will be about the birth as it is there now'],
  ['reissued', {}, 'The old ones no longer work'],
  [
    'refunded',
    { refund: { amountMinor: 649, reason: 'failed', titles: ['Two'] } },
    'We have sent $6.49 back',
  ],
] as const)('a "%s" letter says in plain words what happened', (kind, change, words) => {
  const letter = composeLetter(kind, 'k', data({ ...change } as Partial<LetterData>));
  for (const body of [letter.text, letter.html]) {
    expect(body).toContain(words);
    expect(body).toContain('https://almanac.example/o/token');
  }
});

test('an alert goes to the operator, with its first line as the subject', () => {
  const note = 'a report failed\nord_1-blueprint: attempts';
  const to = 'operator@example.com';
  expect(composeAlert({ to, key: 'alert-1', note, statusUrl: null })).toMatchObject({
    to,
    subject: 'Almanac alert: a report failed',
    text: expect.stringContaining('ord_1-blueprint: attempts'),
  });
});

test('a kind without a letter is refused with its name', () => {
  expect(() => composeLetter('alert', 'k', data())).toThrow('no letter of kind alert');
});
