/**
 * 100,000 local births at places of the table, against the time zone database with its backzone file, as Python reads it
 * from the system. Every difference has to have a cause that we mean; the rest are faults. Takes two minutes.
 */
import { spawnSync } from 'node:child_process';
import { clockOfThatTime, MEAN_TIME } from '../../src/astrology/clock-doubts.ts';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import { standardTimeBegan } from '../../src/astrology/zone-beginnings.ts';
import type { AskedBirth, ResolvedBirth } from '../../src/domain/birth.ts';
import { AmbiguousBirth, InvalidInput } from '../../src/domain/errors.ts';
import { drawBirths } from './draw-births.ts';
import type { Outcome } from './outcome.ts';

const COUNT = 100_000;
const SEED = 15;
const DAY_MS = 86_400_000;
/** Laws since then are in Node's edition and not yet in Debian's. */
const NEWER = '2026-01-01';
const SCRIPT = new URL('births.py', import.meta.url).pathname;

interface Reference {
  /** every instant at which the zone's clocks showed the time, seconds since 1970 */
  at: number[];
  /** on local mean time */
  mean: boolean;
}
type Answer = ResolvedBirth | AmbiguousBirth | InvalidInput;

export async function checkBirths(): Promise<Outcome> {
  const ready = spawnSync('python3', [SCRIPT, '--ready'], { encoding: 'utf8' });
  if (ready.status !== 0) return { skipped: 'there is no Python with zoneinfo' };
  if (ready.stdout.trim() !== 'ready') {
    return { skipped: "this machine's tzdata was built without backzone (Debian's has it)" };
  }
  const births = drawBirths(COUNT, SEED);
  const references = askPython(births);
  const counts = new Map<string, number>();
  const faults: string[] = [];
  births.forEach((birth, index) => {
    const reference = references[index] ?? { at: [], mean: false };
    const answer = answerTo(birth);
    const cause = causeOf(birth, answer, reference);
    counts.set(cause ?? 'unexplained', (counts.get(cause ?? 'unexplained') ?? 0) + 1);
    if (cause === null) faults.push(faultOf(birth, answer, reference));
  });
  for (const [cause, count] of [...counts].sort(([, a], [, b]) => b - a)) {
    console.log(`  ${String(count).padStart(7)}  ${cause}`);
  }
  return { faults };
}

function askPython(births: readonly AskedBirth[]): Reference[] {
  const input = births.map(({ place, date, time }) => `${place.timeZone} ${date} ${time}`);
  const { stdout, stderr, status } = spawnSync('python3', [SCRIPT], {
    input: input.join('\n'),
    encoding: 'utf8',
    maxBuffer: 100e6,
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Reference);
}

function answerTo(birth: AskedBirth): Answer {
  try {
    return resolveBirth(birth);
  } catch (error) {
    if (error instanceof AmbiguousBirth || error instanceof InvalidInput) return error;
    throw error;
  }
}

/** @returns the kind of agreement, or of a difference that we mean; null for one that nothing explains */
function causeOf(birth: AskedBirth, answer: Answer, reference: Reference): string | null {
  if (answer instanceof AmbiguousBirth) return causeOfQuestion(birth, answer, reference);
  const { at } = reference;
  if (answer instanceof InvalidInput) {
    return at.length === 0 ? 'refused: clocks skipped the time, as tzdb has it' : atEdge(birth, at);
  }
  if (answer.clock === 'local_mean_time') return causeOfMeanTime(birth, answer, reference);
  if (at.length === 1 && Date.parse(answer.utc) / 1000 === at[0]) {
    return answer.offsetDoubt ? `same, said to be uncertain: ${answer.offsetDoubt.code}` : 'same';
  }
  if (answer.clock !== undefined && answer.offsetDoubt !== undefined) {
    return `other clock, said to be uncertain: ${answer.offsetDoubt.code}`;
  }
  return atEdge(birth, at);
}

/** The new style and the place's own zone are what tzdb knows: with them the answer is compared as any other. */
function causeOfQuestion(
  birth: AskedBirth,
  { field, choices }: AmbiguousBirth,
  reference: Reference,
): string | null {
  if (field === 'birth.fold') {
    const instants = choices.map(({ utc }) => Date.parse(utc) / 1000);
    const isSame = String(instants) === String(reference.at);
    return isSame
      ? 'asked: which of two equal times, as tzdb has them'
      : atEdge(birth, reference.at);
  }
  const { otherZone: _, ...plain } = birth;
  const isCalendar = field === 'birth.calendar';
  const told: AskedBirth = isCalendar ? { ...birth, calendar: 'new' } : plain;
  if (causeOf(told, answerTo(told), reference) === null) return null;
  return isCalendar ? 'asked: old or new style' : 'asked: which of two zones';
}

function causeOfMeanTime(
  birth: AskedBirth,
  answer: ResolvedBirth,
  { at, mean }: Reference,
): string | null {
  const local = Date.parse(`${birth.date}T${birth.time}Z`) / 1000;
  const own = local - Math.round(birth.place.longitude * 240);
  if ((Date.parse(answer.utc) / 1000 - own) % 86_400 !== 0) return null;
  if (mean) return "own mean time: of the place's longitude, not of the zone's capital";
  return atEdge(birth, at) ?? movedMean(answer);
}

/** Local mean time of the state that the place belonged to, which came to standard time later than the zone. */
function movedMean({ place, utc }: ResolvedBirth): string | null {
  const clock = clockOfThatTime(place, Date.parse(utc));
  if (clock === null) return null;
  return clock === MEAN_TIME
    ? "own mean time: the zone's standard time was the railways', said to be uncertain"
    : 'own mean time: of another state, by a moved border';
}

/** Where two clocks differ within a day: at the change to standard time, and in years that only Node's newer edition knows. */
function atEdge(birth: AskedBirth, at: readonly number[]): string | null {
  if (birth.date >= NEWER) return "a law that only Node's newer edition of tzdb knows";
  const local = Date.parse(`${birth.date}T${birth.time}Z`) / 1000;
  const began = standardTimeBegan(birth.place.timeZone, Math.round(birth.place.longitude * 240));
  const isNear = began !== null && Math.abs((at[0] ?? local) * 1000 - began) < DAY_MS;
  return isNear ? 'own mean time: at the change to standard time' : null;
}

function faultOf(birth: AskedBirth, answer: Answer, { at }: Reference): string {
  const { place, date, time } = birth;
  const ours = answer instanceof Error ? answer.message : `${answer.utc} ${answer.clock ?? ''}`;
  const theirs = at.map((second) => new Date(second * 1000).toISOString()).join(' or ') || 'never';
  return `${date} ${time} ${place.name} (${place.timeZone}): ${ours}; tzdb: ${theirs}`;
}
