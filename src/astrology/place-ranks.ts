/** Which places a name finds, in which order. Decodes no name. */
import type { InArea } from './place-areas.ts';
import { spellingsOf } from './place-spelling.ts';
import type { PlaceTable } from './place-table.ts';
import { type Range, rangesOf } from './place-texts.ts';
import { oneErrorAway } from './place-typos.ts';

/** How many times its people a place counts, by how well the query names it. */
const WEIGHT = {
  printedName: 10,
  otherName: 5,
  beginning: 1,
  otherBeginning: 0.2,
  oneError: 0.1,
} as const;
/** Errors are looked for in the likeliest spellings only. */
const SPELLINGS_WITH_ERRORS = 3;
/** A village may be called like a city with an error: then the city is listed after it. */
const SMALL = 10_000;

/** The place on the list that an exact name has at the latest. */
const LATEST = 3;

/** Which names of a place count: printed ones, or all. The last bit of a key's value says which it is. */
const PRINTED = 0;
const ANY = 1;

/** Places with an index, and what each counts. */
type Scores = Map<number, number>;

/**
 * Places with this name, or one that begins so. When none has exactly this name, those one typing error
 * away are among them; when only small places have it, they follow.
 */
export function exactOrBegun(
  table: PlaceTable,
  name: string,
  inArea: InArea,
  limit: number,
): number[] {
  const scores: Scores = new Map();
  let largestExact = -1;
  for (const spelling of spellingsOf(name)) {
    const { exact, longer } = rangesOf(table.keys, spelling);
    const named = mostPopulous(table, exact, inArea, limit);
    addExact(table, scores, named);
    for (const value of named) {
      largestExact = Math.max(largestExact, table.populations[value >> 1] ?? 0);
    }
    for (const value of mostPopulous(table, longer, inArea, limit, PRINTED)) {
      raise(table, scores, value >> 1, WEIGHT.beginning);
    }
    for (const value of mostPopulous(table, longer, inArea, limit)) {
      raise(table, scores, value >> 1, WEIGHT.otherBeginning);
    }
  }
  if (scores.size === 0 || largestExact >= SMALL) {
    return withExact(best(scores, limit), exactly(table, name, inArea, 1));
  }
  const errors = errorScores(table, name, inArea, limit);
  if (largestExact >= 0) {
    const ranked = withExact(best(scores, limit), exactly(table, name, inArea, 1));
    return [...new Set([...ranked, ...best(errors, limit)])].slice(0, limit);
  }
  return best(new Map([...errors, ...scores]), limit);
}

/** A short name is the beginning of many larger places' names ("Ho"): the place itself is third at the latest. */
function withExact(ranked: readonly number[], [exact]: readonly number[]): number[] {
  if (exact === undefined || ranked.slice(0, LATEST).includes(exact)) return [...ranked];
  const others = ranked.filter((index) => index !== exact);
  return others.toSpliced(LATEST - 1, 0, exact).slice(0, ranked.length);
}

/** Places with exactly this name. */
export function exactly(table: PlaceTable, name: string, inArea: InArea, limit: number): number[] {
  const scores: Scores = new Map();
  for (const spelling of spellingsOf(name)) {
    const { exact } = rangesOf(table.keys, spelling);
    addExact(table, scores, mostPopulous(table, exact, inArea, limit));
  }
  return best(scores, limit);
}

/** Places whose name is one typing error away. */
export function oneErrorOff(
  table: PlaceTable,
  name: string,
  inArea: InArea,
  limit: number,
): number[] {
  return best(errorScores(table, name, inArea, limit), limit);
}

function addExact(table: PlaceTable, scores: Scores, values: readonly number[]): void {
  for (const value of values) {
    raise(table, scores, value >> 1, value & 1 ? WEIGHT.otherName : WEIGHT.printedName);
  }
}

function errorScores(table: PlaceTable, name: string, inArea: InArea, limit: number): Scores {
  const scores: Scores = new Map();
  for (const spelling of spellingsOf(name).slice(0, SPELLINGS_WITH_ERRORS)) {
    for (const range of oneErrorAway(table.keys, spelling)) {
      for (const value of mostPopulous(table, range, inArea, limit)) {
        raise(table, scores, value >> 1, WEIGHT.oneError);
      }
    }
  }
  return scores;
}

/** A place whose people are not counted is ranked as if it had one. */
function raise({ populations }: PlaceTable, scores: Scores, index: number, weight: number): void {
  const score = weight * (1 + (populations[index] ?? 0));
  scores.set(index, Math.max(scores.get(index) ?? 0, score));
}

function best(scores: Scores, limit: number): number[] {
  return [...scores]
    .sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b)
    .slice(0, limit)
    .map(([index]) => index);
}

/** The first places that a range of keys names, which are the most populous. Each appears once. */
function mostPopulous(
  { placeOfKey }: PlaceTable,
  { start, end }: Range,
  inArea: InArea,
  limit: number,
  names = ANY,
): number[] {
  // always sorted and never longer than the limit
  const first: number[] = [];
  for (let at = start; at < end; at += 1) {
    const value = placeOfKey[at] ?? 0;
    if ((value & 1) > names) continue;
    if (first.length === limit && value >= (first.at(-1) ?? 0)) continue;
    if (first.some((one) => one >> 1 === value >> 1) || !inArea(value >> 1)) continue;
    const place = first.findIndex((one) => one > value);
    first.splice(place === -1 ? first.length : place, 0, value);
    if (first.length > limit) first.pop();
  }
  return first;
}
