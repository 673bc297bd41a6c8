import { expect, it } from 'vitest';
import { fingerprintOf } from '../../src/domain/fingerprint.ts';

it.each([
  'THE SLOW PLANETS ASK FOR PATIENCE, THIS WEEK',
  '  The slow planets\nask for patience -- this week!',
  'The slow planets “ask” for patience… this\u00A0week.',
])('is equal for texts that differ in case, spacing and punctuation: %j', (text) => {
  expect(fingerprintOf(text)).toBe(fingerprintOf('The slow planets ask for patience this week'));
});

it.each([
  'The slow planets ask for patience this weak',
  'The slow planets ask for patience this week 2',
  'This week the slow planets ask for patience',
  'The slow planéts ask for patience this week',
])('differs for texts whose words differ: %j', (text) => {
  expect(fingerprintOf(text)).not.toBe(
    fingerprintOf('The slow planets ask for patience this week'),
  );
});

it('differs for each of 100,000 texts that differ in one number', () => {
  const marks = Array.from({ length: 100_000 }, (_, day) =>
    fingerprintOf(`On day ${day} the Moon asks for patience, and a calm word helps.`),
  );
  expect(new Set(marks).size).toBe(100_000);
  expect(marks.every(Number.isSafeInteger)).toBe(true);
});
