/** The sky of one civil day, for a birth whose time is unknown: what holds all day, and how far the rest moved. */
import type { Zodiac } from '../domain/birth.ts';
import type { Aspect, Body, DayRange } from '../domain/sky.ts';
import { arc, normalise, signsBetween } from './angle.ts';
import { type AspectRule, aspectBetween, type Point } from './aspects.ts';
import { dignityOf } from './dignities.ts';
import { longitudeOf } from './ephemeris.ts';
import { phasesBetween } from './moon-phase.ts';
import { createTrack, findTurns, type Track } from './track.ts';

export interface DaySky {
  rangeOf(body: Body): DayRange;
  /** @returns the aspect with its least and greatest orb; null unless it is in orb all day */
  aspectOf(a: Body, b: Body, rules: readonly AspectRule[]): Aspect | null;
  /** names of the Moon's phases, in order */
  phases(): string[];
}

export interface DaySkyInput {
  /** the day's bounds and its noon, jd UT */
  from: number;
  to: number;
  noon: number;
  zodiac: Zodiac;
}

/** Speeds are sampled this often in a day; only the nodes turn twice within a few days. */
const SAMPLES = 24;
/**
 * Degrees by which every limit is widened: positions are not certain to a second of arc. (Before 1920
 * the true node jumps by a fifth of one where the segments of its data meet.)
 */
const GRAIN = 1 / 3600;

export function openDaySky({ from, to, noon, zodiac }: DaySkyInput): DaySky {
  const tracks = new Map<Body, Track>();
  const track = (body: Body): Track => {
    const known = tracks.get(body);
    if (known) return known;
    const longitudeAt = (jd: number) => longitudeOf(body, jd, zodiac);
    const made = createTrack({ longitudeAt, from, to, segmentDays: to - from, turns: false });
    tracks.set(body, made);
    return made;
  };
  const turnsOf = (speed: (jd: number) => number) =>
    findTurns(speed, from, to, (to - from) / SAMPLES);

  const rangeOf = (body: Body): DayRange => {
    const { at, speed } = track(body);
    const turns = turnsOf(speed);
    const places = [from, ...turns, to].map(at);
    const first = Math.min(...places) - GRAIN;
    const last = Math.max(...places) + GRAIN;
    const signs = signsBetween(first, last);
    const dignities = new Set(signs.map((sign) => dignityOf(body, sign, zodiac)));
    const [dignity = null] = dignities.size === 1 ? dignities : [];
    return {
      from: normalise(first),
      to: normalise(last),
      signs,
      retrograde: turns.length > 0 ? null : speed(noon) < 0,
      dignity,
    };
  };

  const aspectOf = (a: Body, b: Body, rules: readonly AspectRule[]): Aspect | null => {
    const [one, other] = [track(a), track(b)];
    const atNoon = aspectBetween(pointAt(a, one, noon), pointAt(b, other, noon), rules);
    const rule = rules.find(({ kind }) => kind === atNoon?.kind);
    if (!atNoon || !rule) return null;
    const between = (jd: number) => other.at(jd) - one.at(jd);
    const side = arc(0, between(noon));
    const exact = between(noon) - side + Math.sign(side) * rule.angle;
    const turns = turnsOf((jd) => other.speed(jd) - one.speed(jd));
    const off = [from, noon, ...turns, to].map((jd) => between(jd) - exact);
    const sizes = off.map(Math.abs);
    const most = Math.max(...sizes) + GRAIN;
    if (most > rule.orb) return null;
    const perfects = Math.min(...off) < 0 && Math.max(...off) > 0;
    const least = perfects ? 0 : Math.max(0, Math.min(...sizes) - GRAIN);
    const changes = least === 0 || turns.length > 0;
    return { ...atNoon, applying: changes ? null : atNoon.applying, orbs: { least, most } };
  };

  const elongation = (jd: number) => track('Moon').at(jd) - track('Sun').at(jd);
  return { rangeOf, aspectOf, phases: () => phasesBetween(elongation(from), elongation(to)) };
}

function pointAt(name: Body, { at, speed }: Track, jd: number): Point {
  return { name, longitude: at(jd), speed: speed(jd) };
}
