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
  ŋ: 'n',
  ɛ: 'e',
  ɔ: 'o',
  // Arabic and Persian write one letter in several ways
  ى: 'ي',
  ی: 'ي',
  ک: 'ك',
  ة: 'ه',
};
const SPECIAL = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
/** Accents of Latin, Greek and Cyrillic; points of Hebrew and Arabic. Other scripts' marks are vowels. */
const ACCENTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed]/g;

/** Lower case, without accents and punctuation: "Saint-Étienne" is "saint etienne". */
export function foldName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(ACCENTS, '')
    .normalize('NFC')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter)
    .replace(/['’‘ʻʼʹ`´.\u200b-\u200f]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

const SAINT = ['saint', 'st', 'sankt', 'sint', 'san'];
/** What a word of a name may stand for. A name is written with one of them, a query with any. */
const WORDS: Record<string, string[]> = {
  ft: ['fort'],
  mt: ['mount', 'monte', 'mont'],
  mte: ['monte'],
  mtn: ['mountain'],
  st: SAINT,
  saint: SAINT,
  sankt: SAINT,
  sint: SAINT,
  ste: ['sainte'],
  sainte: ['ste'],
  sta: ['santa'],
  sto: ['santo'],
  pt: ['port', 'point'],
  pto: ['puerto', 'porto'],
  pta: ['punta', 'ponta'],
  cd: ['ciudad'],
  gral: ['general'],
  cnel: ['coronel'],
  n: ['north'],
  s: ['south', 'san'],
  e: ['east'],
  w: ['west'],
  hts: ['heights'],
  spgs: ['springs'],
  jct: ['junction'],
  twp: ['township'],
  gt: ['great'],
  gr: ['gross', 'great'],
  a: ['am', 'an der'],
  ad: ['an der'],
  od: ['ob der'],
  vd: ['vor der'],
  vdh: ['vor der hohe'],
  adr: ['an der ruhr'],
  b: ['bei'],
  d: ['der'],
  m: ['main'],
  i: ['im', 'in'],
};
/** "City", "prefecture" and the like, which Chinese, Japanese and Korean write as the last letter. */
const KIND_OF_PLACE = /(?<=..)[市都府県縣省州区區町村시군구]$/u;
/** So many spellings of one query are tried. */
const SPELLINGS = 12;

/**
 * The folded spellings that a query may mean, its own first: "Muenchen" also "munchen", "St Gallen"
 * also "sankt gallen", "The Bronx" also "bronx".
 */
export function spellingsOf(query: string): string[] {
  const folded = foldName(query);
  const plain = folded.replace(/([aou])e/g, '$1');
  const spellings = new Set([folded, ...writtenOut(folded), plain]);
  if (folded.startsWith('the ')) spellings.add(folded.slice(4));
  spellings.add(folded.replace(KIND_OF_PLACE, ''));
  return [...spellings].filter((one) => one !== '').slice(0, SPELLINGS);
}

/** Every way to write out the words of a name that may be short for others. The last may be unfinished. */
function writtenOut(folded: string): string[] {
  const words = folded.split(' ');
  if (words.length === 1) return [];
  return words
    .reduce<string[][]>(
      (ways, word) => {
        const forms = [word, ...(WORDS[word] ?? [])];
        return ways.flatMap((way) => forms.map((form) => [...way, form])).slice(0, 4 * SPELLINGS);
      },
      [[]],
    )
    .map((way) => way.join(' '));
}
