/** The moving sky of a window of time: one track per body, each made once. */
import type { Zodiac } from '../domain/birth.ts';
import type { Body } from '../domain/sky.ts';
import { longitudeOf } from './ephemeris.ts';
import { createTrack, differenceOf, type Track } from './track.ts';
import { TRANSITING } from './transit-rules.ts';

export interface YearSky {
  /** the requested window, jd UT; tracks reach further, to include what began before it */
  from: number;
  to: number;
  zodiac: Zodiac;
  track(body: Body): Track;
  /** how far the Moon is ahead of the Sun: 0 new, 180 full */
  elongation(): Track;
}

export interface YearSkyInput {
  /** jd UT */
  from: number;
  to: number;
  zodiac: Zodiac;
  /** false when only events inside the window count: tracks then end with it */
  margins?: boolean;
}

export function createYearSky({ from, to, zodiac, margins = true }: YearSkyInput): YearSky {
  const tracks = new Map<Body, Track>();
  const track = (body: Body): Track => {
    const known = tracks.get(body);
    if (known) return known;
    const rule = TRANSITING.find((one) => one.body === body);
    if (!rule) throw new Error(`${body} does not transit`);
    const margin = margins ? rule.marginDays : 0;
    const made = createTrack({
      longitudeAt: (jd) => longitudeOf(body, jd, zodiac),
      from: from - margin,
      to: to + margin,
      segmentDays: rule.segmentDays,
      turns: rule.turns,
    });
    tracks.set(body, made);
    return made;
  };
  return { from, to, zodiac, track, elongation: () => differenceOf(track('Moon'), track('Sun')) };
}
