import { describe, expect, it } from 'vitest';
import { flawOf } from '../../../src/llm/answers/check-answer.ts';
import { proseFor } from '../prose.ts';

const HARD = { min: 80, max: 600 };

it.each([
  proseFor('d001-career'),
  'Venus trine Saturn steadies your affections this week. Promises made between the 3rd and the 9th hold; flirtation bores you. Spend evenings with old friends, cook slowly, write letters. Mars in Virgo adds patience to any repair.',
  'I am drawn, you might say, to the quiet rooms of life, and this month they open one after another. Your Moon in the fourth house asks for a home that can hold more than furniture.',
  'Sorry is a hard word for a Leo Sun, and yet this is the week to say it. You will find that the other person has been waiting with the door half open, and that pride costs more than it keeps.',
])('accepts plain English: %s', (text) => {
  expect(flawOf(text, HARD)).toBeNull();
});

it.each([
  [
    'German',
    'Der Mond zieht deine Aufmerksamkeit auf das, was in dieser Woche nahe liegt, und Saturn bittet dich um Geduld. Was du will, das war schon lange in dir, und im Hause der Arbeit findet es nun seinen Platz an deiner Seite.',
  ],
  [
    'French',
    'La Lune attire votre attention sur ce qui est proche, et les planètes lentes vous demandent de la patience. Dites ce que vous pensez, laissez de la place à l’autre, et la réponse viendra en son temps dans votre maison.',
  ],
  [
    'Spanish',
    'La Luna atrae tu atención hacia lo cercano, y los planetas lentos te piden paciencia. Di lo que piensas, deja espacio para el otro y permite que la respuesta llegue a su tiempo, sin prisa, en la casa de tu familia.',
  ],
  [
    'Italian',
    'La Luna attira la tua attenzione su ciò che è vicino, e i pianeti lenti ti chiedono pazienza. Di’ quello che pensi, lascia spazio all’altro e lascia che la risposta arrivi a suo tempo, in casa tua, senza fretta.',
  ],
  [
    'Dutch',
    'De Maan trekt je aandacht naar wat dichtbij is, en de langzame planeten vragen om geduld. Zeg wat je bedoelt, laat ruimte voor de ander, en laat het antwoord komen in zijn eigen tijd. Het is een week van rust en werk.',
  ],
  [
    'Portuguese',
    'A Lua atrai a sua atenção para o que está perto, e os planetas lentos pedem paciência. Diga o que pensa, deixe espaço para o outro e permita que a resposta chegue a seu tempo, sem pressa, na casa da sua família.',
  ],
  [
    'Swedish',
    'Månen drar din uppmärksamhet till det som ligger nära, och de långsamma planeterna ber om tålamod. Säg vad du menar, lämna plats för den andra, och låt svaret komma i sin egen tid. Det är en vecka för vila och arbete.',
  ],
  [
    'Russian',
    'Луна обращает ваше внимание на то, что близко, а медленные планеты просят терпения. Говорите то, что думаете, и оставьте место другому, и ответ придёт в своё время.',
  ],
  [
    'Japanese',
    '月はあなたの注意を身近なものへと引き寄せ、ゆっくりと動く惑星は忍耐を求めています。思っていることを言葉にし、相手のために余地を残してください。答えはやがてやって来ます。焦らずに待ちましょう。今週は静かな時間を大切にしてください。',
  ],
])('recognises that %s is not English', (_, text) => {
  expect(flawOf(text, HARD)).toBe('not in English');
});

it.each([
  "I'm sorry, but I can't help with that request. If there is anything else that you would like to know, please ask and I will do my best.",
  'I’m sorry, I cannot provide an astrological reading for this period, as it would not be appropriate for me to do so in this case.',
  'I am unable to answer questions about the future of a person, but I can talk about the planets in general if you would like that.',
  'I cannot assist with this. I can offer general information about astrology instead, if that would be of use to you and your plans.',
  'As an AI language model, I do not have access to the positions of the planets, and so I cannot say what the week will bring to you.',
])('recognises a refusal: %s', (text) => {
  expect(flawOf(text, HARD)).toBe('a refusal');
});

describe('length', () => {
  const text = (length: number) =>
    'you and the Moon '
      .repeat(60)
      .slice(0, length - 1)
      .concat('.');
  it.each([
    [79, 'too short'],
    [80, null],
    [600, null],
    [601, 'too long'],
  ])('of %d characters: %s', (length, flaw) => {
    expect(flawOf(text(length), HARD)).toBe(flaw);
  });
});

it('treats an empty text as missing', () => {
  expect(flawOf('', HARD)).toBe('missing');
});

it('refuses control characters and broken encodings, and accepts line breaks', () => {
  const text = proseFor('a');
  expect(flawOf(`${text}\n\n${text.slice(0, 100)}`, HARD)).toBeNull();
  expect(flawOf(`${text}\u0000`, HARD)).toBe('unreadable');
  expect(flawOf(`${text}\uFFFD`, HARD)).toBe('unreadable');
});

it.each([
  ['half a character', 'star \ud83c end'],
  ['the other half', 'star \udf1f end'],
  ['a noncharacter', 'star \uFDD0 end'],
  ['the last of them', 'star \uFFFE end'],
  ['one of a higher plane', 'star \u{1FFFF} end'],
  ["the private marks of a model's tools", 'star \uE200cite\uE202 end'],
])('refuses text with %s', (_, part) => {
  expect(flawOf(`${proseFor('a')} ${part}`, HARD)).toBe('unreadable');
});

it('accepts a whole character of two halves', () => {
  expect(flawOf(`${proseFor('a')} star \u{1F31F} end`, HARD)).toBeNull();
});

it.each([
  '**In short:** be kind.\n### Love\n- rest',
  'Be **kind** to the Moon in you.',
  'Be *kind* to the Moon in you.',
  'Be __kind__ and _patient_ this week.',
  '## Love',
  'Love\n====',
  'One part ends.\n\n---\n\nAnother begins.',
  'Take with you:\n* rest\n* bread',
  'Take with you:\n  • rest',
  'Do this:\n1. Rest.\n2. Eat bread.',
  'Do this:\n1) Rest.\n\n2) Eat bread.',
  '> The stars incline',
  'Read [more](https://almanac.example) of it.',
  'Write `rest` on the door.',
  '```\nrest\n```',
  '| Moon | Sun |\n|---|---|',
  'Rest.<br>Then eat <b>bread</b>.',
  '~~Hurry~~ rest.',
])('refuses Markdown: %j', (part) => {
  expect(flawOf(`${proseFor('a')}\n${part}`, HARD)).toBe('Markdown instead of plain text');
});

it.each([
  'The Moon* and Mars* agree; an asterisk marks the retrograde.',
  'Five * three is what you owe, and 2 ** 3 what you lend.',
  'Your well-being - and that of a friend - comes first.',
  '- and that is what it comes to'.replace('- ', '\u2013 '),
  '1. May is your day, and the 2nd your rest.',
  '1990 was the year.\n2026 is another.',
  'You are #1 in a snake_case_world with a < b and c > d.',
  'In the [quiet] hours (as ever) you rest.',
  "An old hand quotes `thus' and no more.",
  'Send it to a_b@almanac.example or c_d@almanac.example.',
])('does not take this for Markdown: %j', (part) => {
  expect(flawOf(`${proseFor('a')}\n${part}`, HARD)).toBeNull();
});
