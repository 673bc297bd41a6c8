/** Whether an answer is written with marks that only a Markdown reader would hide: a book prints them. */

/** Each needs the shape of the mark: an asterisk, a hyphen or a number alone is innocent. */
const MARKS: readonly RegExp[] = [
  /\*\*[^\s*](?:[^*\n]*[^\s*])?\*\*/, // **bold**
  /(?:^|[^\p{L}\p{N}*])\*[^\s*](?:[^*\n]*[^\s*])?\*(?![\p{L}\p{N}*])/mu, // *emphasis*
  /(?:^|[^\p{L}\p{N}_])(__?)[^\s_](?:[^_\n]*[^\s_])?\1(?![\p{L}\p{N}_])/mu, // _emphasis_, __bold__
  /~~\S[^~\n]*~~/,
  /^ {0,3}#{1,6}[ \t]+\S/m, // # heading
  /^ {0,3}(?:={3,}|-{3,}|\*{3,}|_{3,})[ \t]*$/m, // underlined heading, rule
  /^[ \t]*[-*+•][ \t]+\S/m, // - list line
  /^[ \t]*1[.)][ \t]+\S[\s\S]*?^[ \t]*2[.)][ \t]+\S/m, // 1. 2. list, not a line that begins with a number
  /^[ \t]*>[ \t]*\S/m, // > quotation
  /\[[^\]\n]+\]\([^)\s]+\)/, // [link](address), ![picture](address)
  /`[^`\n]+`|```|^~~~/m, // `code`, fences
  /^[ \t]*\|.*\|[ \t]*$/m, // | table |
  /<\/?(?:a|b|i|u|em|strong|br|p|h[1-6]|ul|ol|li|div|span|code|pre|hr|sup|sub)\b[^<>\n]*>/i, // HTML
];
/** Most answers have none of these characters, and are not looked at further. */
const ANY_MARK = /[*_~#`[<>|•]|^[ \t]*[-+=1]/m;

export function isMarkdown(text: string): boolean {
  return ANY_MARK.test(text) && MARKS.some((mark) => mark.test(text));
}
