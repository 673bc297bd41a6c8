/** Random text for tests: the same seed gives the same words. */

const SYLLABLES =
  'a be co de el fa gen har il jo ka lu mer no or pel qui ra sen ti u ven wil xa yon zer thing ness al low ing er ly ment tion'.split(
    ' ',
  );
const COMMON =
  'the and of to you your a in that it is with for on as this be from will when more what can one before others time life work heart moon sun sky path self'.split(
    ' ',
  );

/** Small deterministic generator (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** As many different words as one author uses in a long report. */
const VOCABULARY = 9000;
const words = vocabulary(randomOf(1));

function vocabulary(random: () => number): string[] {
  const syllable = () => SYLLABLES[Math.floor(random() * SYLLABLES.length)] ?? 'a';
  return Array.from({ length: VOCABULARY }, () =>
    Array.from({ length: 2 + Math.floor(random() * 2.3) }, syllable).join(''),
  );
}

/** Prose of exactly `length` characters, with sentences and commas. A few words are frequent, most are rare. */
export function prose(random: () => number, length: number): string {
  let text = '';
  let sentence = 0;
  while (text.length < length) {
    const common = random() < 0.5;
    const list = common ? COMMON : words;
    let word = list[Math.floor(random() ** (common ? 1 : 3) * list.length)] ?? 'a';
    if (sentence === 0) word = word.charAt(0).toUpperCase() + word.slice(1);
    sentence += 1;
    const ends = sentence > 7 && random() < 0.16;
    text += word + (ends ? '. ' : random() < 0.08 ? ', ' : ' ');
    if (ends) sentence = 0;
  }
  return `${text.slice(0, length - 1).replace(/[ ,.]+$/, (cut) => 'e'.repeat(cut.length))}.`;
}
