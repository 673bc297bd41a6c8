/** Writes an answer: prose for one question. The same question gives the same prose; no two are alike. */
import { hash32, normal, randomFrom } from '../wire/random.ts';
import {
  EFFECTS,
  GAINS,
  HAZARDS,
  PEOPLE,
  QUALITIES,
  type Role,
  SCENES,
  SENTENCES,
} from './phrases.ts';
import type { AskedQuestion } from './prompt.ts';
import { topicOf } from './topics.ts';

export interface Setting {
  title: string;
  /** facts of the group and of the person, as `citable` returns them */
  facts: readonly string[];
  person: readonly string[];
  length: { min: number; max: number };
  /** hash of everything that distinguishes one report from another */
  seed: number;
}

/** A rhythm of sentences. An answer begins somewhere in it and ends with a closing. */
const RHYTHM: readonly Role[] = ['fact', 'natal', 'act', 'care', 'turn', 'fact', 'act', 'turn'];
const PARAGRAPH_ABOVE = 1_000;
/** The length of the shortest closing sentence, for room that no other sentence fits. */
const SHORTEST_CLOSE = 19;

/** @returns plain English within the length, ending in a full stop */
export function writeAnswer(question: AskedQuestion, setting: Setting): string {
  const random = randomFrom(
    hash32(`${question.id}\n${question.text}\n${setting.title}`, setting.seed),
  );
  const slots = slotsFor(question, setting, random);
  const { min, max } = setting.length;
  const target = targetLength(min, max, random);
  const used = new Set<string>();
  let text = sentence('open', slots, used, random);
  let sentences = 1;
  const start = Math.floor(random() * RHYTHM.length);
  for (let beat = 0; text.length < target && beat < 200; beat += 1) {
    const closing = target - text.length < 100;
    const role = closing ? 'close' : (RHYTHM[(start + beat) % RHYTHM.length] ?? 'fact');
    const next = sentence(role, slots, used, random);
    const gap = target > PARAGRAPH_ABOVE && sentences % 5 === 0 ? '\n\n' : ' ';
    if (text.length + gap.length + next.length > max) {
      // too long for the room left: draw again until the text is long enough
      if (text.length >= min) break;
      continue;
    }
    text += gap + next;
    sentences += 1;
  }
  return withinLength(text, min, max);
}

/** The mean is a little above the middle, as models run long. Never outside the limits. */
function targetLength(min: number, max: number, random: () => number): number {
  const share = Math.min(0.97, Math.max(0.03, 0.58 + 0.16 * normal(random)));
  return Math.round(min + share * (max - min));
}

/** Changes something only when the range is narrower than a sentence. */
function withinLength(text: string, min: number, max: number): string {
  let fitted = text;
  while (fitted.length + SHORTEST_CLOSE < min) fitted += ' Take that with you.';
  if (fitted.length > max) fitted = `${fitted.slice(0, max - 1).replace(/[\s,;:.]+\S*$/, '')}.`;
  if (fitted.length < min) {
    const filler = ' and there is time enough for all of it in its own good season and order';
    fitted = `${fitted.slice(0, -1)}${filler.repeat(Math.ceil(min / filler.length)).slice(0, min - fitted.length)}`;
    fitted = `${fitted.trimEnd().padEnd(min - 1, 'e')}.`;
  }
  return fitted;
}

type Slots = Record<string, () => string>;

function slotsFor(question: AskedQuestion, setting: Setting, random: () => number): Slots {
  const topic = topicOf([question.id, question.text, setting.title]);
  const when = whenOf(setting.title);
  let whenSaid = false;
  const whenAgain = () => {
    // written in full only once
    const said = whenSaid ? (LATER[when] ?? (when.startsWith('on ') ? 'that day' : when)) : when;
    whenSaid = true;
    return said;
  };
  const cycle = (list: readonly string[], otherwise: string): (() => string) => {
    let at = Math.floor(random() * list.length);
    return () => {
      at += 1;
      return list[at % list.length] ?? otherwise;
    };
  };
  const noun = cycle(topic.nouns, 'attention');
  return {
    W: () => capital(whenAgain()),
    w: whenAgain,
    t: () => topic.name,
    n: noun,
    m: noun,
    a: cycle(topic.acts, 'take your time'),
    F: cycle(setting.facts.length > 0 ? setting.facts : setting.person, 'the present sky'),
    P: cycle(setting.person, 'this Moon'),
    e: cycle(EFFECTS, ''),
    h: cycle(HAZARDS, ''),
    g: cycle(GAINS, ''),
    p: cycle(PEOPLE, ''),
    s: cycle(SCENES, ''),
    q: cycle(QUALITIES, ''),
  };
}

function sentence(role: Role, slots: Slots, used: Set<string>, random: () => number): string {
  const bank = SENTENCES[role];
  let at = Math.floor(random() * bank.length);
  // a pattern is reused only after the whole bank has been used
  for (let step = 0; step < bank.length && used.has(bank[at] ?? ''); step += 1) {
    at = (at + 1) % bank.length;
  }
  const pattern = bank[at] ?? bank[0];
  used.add(pattern);
  return capital(pattern.replace(/\{(\w)\}/g, (_, slot: string) => slots[slot]?.() ?? ''));
}

const LATER: Record<string, string> = {
  'in the long run': 'over the years',
  'in this half of the year': 'in these months',
};

function whenOf(title: string): string {
  const day = /\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b,?(?:\s+\d{1,2}\s+[A-Z][a-z]+)?/.exec(
    title,
  );
  if (/\bhalf\b/i.test(title)) return 'in this half of the year';
  if (/\bweek\b/i.test(title)) return 'this week';
  if (/\bmonth\b/i.test(title)) return 'this month';
  if (day !== null) return `on ${day[0].replace(',', '')}`;
  return /\d{4}|\bday\b/i.test(title) ? 'today' : 'in the long run';
}

const BODY =
  'Sun|Moon|Mercury|Venus|Mars|Jupiter|Saturn|Uranus|Neptune|Pluto|Chiron|Lilith|Node|Ascendant|Midheaven';
const SIGN =
  'Aries|Taurus|Gemini|Cancer|Leo|Virgo|Libra|Scorpio|Sagittarius|Capricorn|Aquarius|Pisces';
const CELESTIAL = new RegExp(`\\b(${BODY}|${SIGN})\\b`);
const POSITION = new RegExp(`^(natal )?(${BODY})$`, 'i');
/** A name, a date or a cusp: it cannot be the subject of a sentence. */
const NOT_CITED = /["“]|^(name|born|birth|place|age|of ten)\b|house begins|phase at birth/i;
const MOST_CITED = 70;

/**
 * The part of each fact that a sentence can use: its first clause, as a noun phrase, if that names
 * the sky. Names, dates and places of the person are not cited.
 */
export function citable(facts: readonly string[]): string[] {
  return facts.map(citation).filter((cited) => cited !== null);
}

function citation(fact: string): string | null {
  const clause = (/^[^;|(]*/.exec(fact)?.[0] ?? '').replace(/[\s.,:]+$/, '').replace(/[{}]/g, '');
  if (NOT_CITED.test(clause) || !CELESTIAL.test(clause)) return null;
  const [label = '', rest] = clause.split(/:\s+/, 2);
  // `Moon: Taurus` is a position; any other label only names the kind of line
  const isPosition = POSITION.test(label);
  const text = rest === undefined ? clause : isPosition ? `${label} in ${rest}` : rest;
  const [head = text, ...details] = /\bof \w+, /.test(text) ? [text] : text.split(', ');
  const house = details.find((detail) => /^(house \d+|\d+\w\w house)$/.test(detail));
  const where = house === undefined ? '' : ` in ${/^\d/.test(house) ? `the ${house}` : house}`;
  const cited = `${head}${where}`
    .replace(/^natal /i, '')
    .replace(/ enters /, ' entering ')
    .replace(/ stations /, ' stationing ')
    .replace(/^(T-square|Grand|Yod|Stellium)/i, (pattern) => `the ${pattern.toLowerCase()}`)
    .replace('the t-square', 'the T-square');
  return cited.length <= MOST_CITED ? cited : null;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
