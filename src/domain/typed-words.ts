/**
 * Words as a person typed them, without the characters that nobody sees: marks that turn text, joiners where nothing
 * joins, blanks without width. They come along when text is copied, and could turn the rest of a page or of a letter.
 */

/** Letters that a joiner can join or part: Arabic to Thaana, NKo, India's scripts, Tibetan to Mongolian, Adlam. */
const JOINING =
  '[\\u0600-\\u08ff\\u0900-\\u0dff\\u0f00-\\u109f\\u1780-\\u18af\\ua840-\\ua87f\\u{1e900}-\\u{1e95f}]';
/** Whose form a selector can choose: Han, symbols and pictures, Burmese, Mongolian. */
const VARYING = '[\\p{Script=Han}\\p{So}\\p{Sm}\\p{Emoji}\\u1000-\\u109f\\u1820-\\u18aa]';

/** What nobody sees, but for joiners and selectors where a script needs them. */
const UNSEEN = new RegExp(
  [
    `(?<!${JOINING})\\u200c`,
    `(?<!${JOINING}|\\p{Extended_Pictographic}\\ufe0f?|\\p{Emoji_Modifier})\\u200d`,
    `(?<!${VARYING})[\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}\\u180b-\\u180d\\u180f]`,
    '(?![\\u200c\\u200d\\ufe00-\\ufe0f\\u{e0100}-\\u{e01ef}\\u180b-\\u180d\\u180f])[\\p{Default_Ignorable_Code_Point}\\ufff9-\\ufffb]',
  ].join('|'),
  'gu',
);

/** @returns the words in Unicode's usual form (NFC), without what nobody sees */
export function seenWords(typed: string): string {
  return typed.normalize('NFC').replace(UNSEEN, '').normalize('NFC');
}
