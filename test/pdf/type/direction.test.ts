import { expect, it } from 'vitest';
import { inVisualOrder, levelsOf } from '../../../src/pdf/type/direction.ts';
import { forPrint } from '../../../src/products/shared/customer-words.ts';

/** The characters from left to right. */
function seen(text: string): string {
  const levels = levelsOf(text) ?? new Uint8Array(text.length);
  const items = Array.from(text, (character, index) => ({ character, level: levels[index] ?? 0 }));
  const ordered = inVisualOrder(items).map(({ character }) => character);
  return ordered.join('').replace(/[\u2068\u2069]/g, '');
}

// the last column: UAX #9, revision 48, worked out by hand
it.each([
  ['the hyphen stays between two halves', 'כהן-לוי', 'יול-ןהכ'],
  ['brackets stay around the word', 'David (דוד) Levi', 'David (דוד) Levi'],
  ['a number is at the left of the name before it, its digits in order', 'سارة 2000', '2000 ةراس'],
  ['square brackets too', 'A [אב] z', 'A [בא] z'],
  ['a number between two names', 'אב 12 גד', 'דג 12 בא'],
])('%s', (_what, name, fromLeft) => {
  expect(seen(forPrint(name))).toBe(fromLeft);
});

it('a name does not turn the English sentence around it, nor does the sentence turn the name', () => {
  const sentence = (name: string) => `For ${forPrint(name)}, born in 1990 (${forPrint(name)}).`;
  expect(seen(sentence('אב 12'))).toBe('For 12 בא, born in 1990 (12 בא).');
  expect(seen(`Born 2 May in ${forPrint('תל אביב-יפו')} at 10:00`)).toBe(
    'Born 2 May in ופי-ביבא לת at 10:00',
  );
});

it('text without right-to-left letters has no levels', () => {
  expect(levelsOf('Zoë (1990) – 田中')).toBeNull();
});
