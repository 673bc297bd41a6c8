/**
 * A longitude as a smooth curve over a window of time: Chebyshev polynomials through exact
 * positions. A year's transits read it hundreds of thousands of times at the cost of a few thousand
 * positions. The curve stays within 0.01" of them.
 */
import { arc } from './angle.ts';

/** A continuous angle over time: it passes 360 and does not start again. Degrees; jd UT. */
export interface Track {
  from: number;
  to: number;
  at(jd: number): number;
  /** degrees per day */
  speed(jd: number): number;
  /** The window's ends and the stations. Between two of them the angle only grows or only falls. */
  turns: number[];
}

export interface TrackInput {
  /** longitude in degrees at a time, as the ephemeris gives it */
  longitudeAt(jd: number): number;
  from: number;
  to: number;
  /** days that one polynomial covers: few for the Moon, many for slow planets */
  segmentDays: number;
  /** whether it ever turns retrograde */
  turns: boolean;
}

const NODES = 12;

export function createTrack(input: TrackInput): Track {
  const { from, to, segmentDays } = input;
  const count = Math.max(1, Math.ceil((to - from) / segmentDays));
  const segments: number[][] = [];
  let last = input.longitudeAt(from);
  for (let i = 0; i < count; i += 1) {
    const start = from + i * segmentDays;
    const values: number[] = [];
    for (let node = NODES - 1; node >= 0; node -= 1) {
      const x = Math.cos((Math.PI * (node + 0.5)) / NODES);
      last += arc(last, input.longitudeAt(start + ((x + 1) / 2) * segmentDays));
      values[node] = last;
    }
    segments.push(coefficientsOf(values));
  }

  const place = (jd: number) => {
    const index = Math.min(count - 1, Math.max(0, Math.floor((jd - from) / segmentDays)));
    const x = (2 * (jd - from - index * segmentDays)) / segmentDays - 1;
    return { coefficients: segments[index] ?? [], x };
  };
  const at = (jd: number) => {
    const { coefficients, x } = place(jd);
    return evaluate(coefficients, x);
  };
  const speed = (jd: number) => {
    const { coefficients, x } = place(jd);
    return (2 * derivativeOf(coefficients, x)) / segmentDays;
  };
  const turns = input.turns ? findTurns(speed, from, to) : [];
  return { from, to, at, speed, turns: [from, ...turns, to] };
}

/** The difference of two tracks over the window of the first, such as the Moon from the Sun. */
export function differenceOf(a: Track, b: Track): Track {
  return {
    from: a.from,
    to: a.to,
    at: (jd) => a.at(jd) - b.at(jd),
    speed: (jd) => a.speed(jd) - b.speed(jd),
    turns: [a.from, a.to],
  };
}

/**
 * Every time at which the angle is `target` (degrees, on the circle), in order. Between turns it
 * only grows or only falls, so each crossing is bracketed and none is missed.
 */
export function crossingsOf(track: Track, target: number): number[] {
  const found: number[] = [];
  for (const [i, start] of track.turns.entries()) {
    const end = track.turns[i + 1];
    if (end === undefined) break;
    const a = track.at(start);
    const b = track.at(end);
    const low = Math.min(a, b);
    const high = Math.max(a, b);
    const levels: number[] = [];
    for (let level = target + 360 * Math.ceil((low - target) / 360); level <= high; level += 360) {
      levels.push(level);
    }
    if (b < a) levels.reverse();
    for (const level of levels) found.push(solve((jd) => track.at(jd) - level, start, end));
  }
  return found;
}

/**
 * Where a speed changes its sign.
 * @param step days between samples; no planet has two stations closer than eighteen days
 */
export function findTurns(
  speed: (jd: number) => number,
  from: number,
  to: number,
  step = 2,
): number[] {
  const found: number[] = [];
  let before = speed(from);
  for (let jd = from; jd < to; jd += step) {
    const next = Math.min(jd + step, to);
    const after = speed(next);
    if (before < 0 !== after < 0) found.push(solve(speed, jd, next));
    before = after;
  }
  return found;
}

/** Root of a function whose signs at the ends differ (or are 0), to a tenth of a second. Illinois. */
function solve(f: (jd: number) => number, from: number, to: number): number {
  const tolerance = 1e-6;
  let [a, b] = [from, to];
  let [fa, fb] = [f(a), f(b)];
  while (b - a > tolerance) {
    const secant = (a * fb - b * fa) / (fb - fa);
    const middle = secant > a && secant < b ? secant : (a + b) / 2;
    const fm = f(middle);
    if (fm === 0) return middle;
    if (fm < 0 === fa < 0) {
      a = middle;
      fa = fm;
      fb /= 2;
    } else {
      b = middle;
      fb = fm;
      fa /= 2;
    }
  }
  return (a + b) / 2;
}

/** Chebyshev coefficients from values at the nodes cos(pi (k + 1/2) / n). */
function coefficientsOf(values: readonly number[]): number[] {
  const n = values.length;
  return values.map((_, j) => {
    const sum = values.reduce(
      (total, value, k) => total + value * Math.cos((Math.PI * j * (k + 0.5)) / n),
      0,
    );
    return ((j === 0 ? 1 : 2) / n) * sum;
  });
}

/** Clenshaw's recurrence. */
function evaluate(coefficients: readonly number[], x: number): number {
  let [b1, b2] = [0, 0];
  for (let j = coefficients.length - 1; j > 0; j -= 1) {
    [b1, b2] = [2 * x * b1 - b2 + (coefficients[j] ?? 0), b1];
  }
  return x * b1 - b2 + (coefficients[0] ?? 0);
}

/** Sum of j c_j U_(j-1)(x). */
function derivativeOf(coefficients: readonly number[], x: number): number {
  let [b1, b2] = [0, 0];
  for (let j = coefficients.length - 1; j > 0; j -= 1) {
    [b1, b2] = [2 * x * b1 - b2 + j * (coefficients[j] ?? 0), b1];
  }
  return b1;
}
