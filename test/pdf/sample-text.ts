/** Text and chance for tests: the same seed gives the same words. */

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

/** Prose of exactly `length` characters, with sentences, commas and a vocabulary of some thousand words. */
export function prose(random: () => number, length: number): string {
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? 'a';
  let text = '';
  let sentence = 0;
  while (text.length < length) {
    let word = random() < 0.55 ? pick(COMMON) : pick(SYLLABLES) + pick(SYLLABLES);
    if (random() < 0.2) word += pick(SYLLABLES);
    if (sentence === 0) word = word.charAt(0).toUpperCase() + word.slice(1);
    sentence += 1;
    const ends = sentence > 7 && random() < 0.16;
    text += word + (ends ? '. ' : random() < 0.08 ? ', ' : ' ');
    if (ends) sentence = 0;
  }
  return `${text.slice(0, length - 1).replace(/[ ,.]+$/, (cut) => 'e'.repeat(cut.length))}.`;
}
