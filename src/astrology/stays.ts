/** When a moving body is within orb of a point: of one longitude, or of all that an unknown birth time allows. */
import { normalise } from './angle.ts';
import { crossingsOf, type Track } from './track.ts';

/** Julian days (UT). */
export interface Stay {
  begins: number;
  exact: number[];
  ends: number;
  /** only where the point is uncertain: each passage's earliest and latest moment, as in Transit */
  exactBetween?: [number, number][] | null;
}

function staysWithin(track: Track, target: number, orb: number): Stay[] {
  const edges = [
    ...crossingsOf(track, target - orb).map((at) => ({ at, enters: track.speed(at) > 0 })),
    ...crossingsOf(track, target + orb).map((at) => ({ at, enters: track.speed(at) < 0 })),
  ].sort((a, b) => a.at - b.at);
  const exact = edges.length > 0 ? crossingsOf(track, target) : [];
  const stays: Stay[] = [];
  // it is already within orb when the track begins
  let begins: number | null = edges[0]?.enters === false ? track.from : null;
  const close = (start: number, ends: number) =>
    stays.push({ begins: start, ends, exact: exact.filter((at) => at >= start && at <= ends) });
  for (const edge of edges) {
    if (edge.enters) begins = edge.at;
    else if (begins !== null) {
      close(begins, edge.at);
      begins = null;
    }
  }
  if (begins !== null) close(begins, track.to);
  return stays;
}

/** How far before and after a longitude a point may be, degrees. */
export interface Spread {
  before: number;
  after: number;
}

/**
 * Every stay within orb of a target. Where that is uncertain, the times in which the body is within orb
 * of all that the target may be; none if it may be anywhere in more than twice the orb.
 */
export function staysNear(track: Track, target: number, orb: number, spread?: Spread): Stay[] {
  if (!spread) return staysWithin(track, target, orb);
  const [low, high] = [target - spread.before, target + spread.after];
  const ofLow = staysWithin(track, low, orb);
  const ofHigh = staysWithin(track, high, orb);
  return ofLow.flatMap((one) =>
    ofHigh.flatMap((other): Stay[] => {
      const begins = Math.max(one.begins, other.begins);
      const ends = Math.min(one.ends, other.ends);
      if (begins >= ends) return [];
      const exactBetween = passagesOf(one, other) ?? null;
      const exact = exactBetween?.map(([earliest, latest]) => (earliest + latest) / 2) ?? [];
      return [{ begins, exact, ends, exactBetween }];
    }),
  );

  /** The body passes the whole spread each time, unless it turns on it. */
  function passagesOf(one: Stay, other: Stay): [number, number][] | undefined {
    const from = Math.min(one.begins, other.begins);
    const to = Math.max(one.ends, other.ends);
    const turnsOnIt = track.turns.some(
      (jd) => jd >= from && jd <= to && normalise(track.at(jd) - low) <= high - low,
    );
    if (turnsOnIt || one.exact.length !== other.exact.length) return undefined;
    return one.exact.map((at, i) => {
      const twin = other.exact[i] ?? at;
      return [Math.min(at, twin), Math.max(at, twin)];
    });
  }
}
