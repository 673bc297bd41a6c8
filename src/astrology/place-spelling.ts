/** One form for many spellings: how place names and queries are compared. */

const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ð: 'd',
  đ: 'd',
  þ: 'th',
  ł: 'l',
  ħ: 'h',
  ı: 'i',
  ə: 'e',
};

/** Lower case, without diacritics and punctuation: "Saint-Étienne" is "saint etienne". */
export function foldName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøðđþłħıə]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/['’‘ʻ`.]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The folded spellings that a query may mean: "Muenchen" also "munchen", "St Gallen" also "saint gallen". */
export function spellingsOf(query: string): string[] {
  const folded = foldName(query);
  const plain = folded.replace(/([aou])e/g, '$1');
  const spellings = new Set([folded, plain]);
  for (const one of [folded, plain]) {
    if (one.startsWith('st ')) spellings.add(`saint ${one.slice(3)}`);
    if (one.startsWith('saint ')) spellings.add(`st ${one.slice(6)}`);
  }
  return [...spellings].filter((one) => one !== '');
}
