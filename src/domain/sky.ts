/** What the sky was: the facts that prompts and documents are built from. Degrees throughout. */
import type { HouseSystem, Zodiac } from './birth.ts';

export const BODIES = [
  'Sun',
  'Moon',
  'Mercury',
  'Venus',
  'Mars',
  'Jupiter',
  'Saturn',
  'Uranus',
  'Neptune',
  'Pluto',
  'Chiron',
  'TrueNode',
  'MeanNode',
  'Lilith',
] as const;
export type Body = (typeof BODIES)[number];

export const SIGNS = [
  'Aries',
  'Taurus',
  'Gemini',
  'Cancer',
  'Leo',
  'Virgo',
  'Libra',
  'Scorpio',
  'Sagittarius',
  'Capricorn',
  'Aquarius',
  'Pisces',
] as const;
export type Sign = (typeof SIGNS)[number];

export const ANGLES = ['Asc', 'MC', 'Dsc', 'IC'] as const;
export type Angle = (typeof ANGLES)[number];

/** Position of a body, apparent geocentric, true equinox of date. */
export interface BodyPosition {
  longitude: number;
  latitude: number;
  /** degrees per day, negative when retrograde */
  speed: number;
  retrograde: boolean;
  sign: Sign;
  /** degrees within the sign, 0-30 */
  degree: number;
  /** 1-12; null when the birth time is unknown */
  house: number | null;
  dignity: 'domicile' | 'exaltation' | 'detriment' | 'fall' | null;
  /**
   * With an unknown time: where it was in the course of that day, while the fields above are for local
   * noon. Absent with a known time, and in facts stored before this field existed.
   */
  day?: DayRange;
}

/** Where a body was in the course of a civil day. What is null here depends on the hour. */
export interface DayRange {
  /** first and last longitude in the order of the zodiac, whichever way it moved */
  from: number;
  to: number;
  /** in the order of the zodiac; more than one when it changed sign that day */
  signs: Sign[];
  retrograde: boolean | null;
  dignity: BodyPosition['dignity'];
}

export type AspectKind =
  | 'conjunction'
  | 'opposition'
  | 'trine'
  | 'square'
  | 'sextile'
  | 'quintile'
  | 'semisextile'
  | 'semisquare'
  | 'sesquisquare'
  | 'quincunx'
  | 'biquintile';

export interface Aspect {
  a: Body | Angle;
  b: Body | Angle;
  kind: AspectKind;
  /** degrees from exact; at local noon when the time is unknown */
  orb: number;
  /** null when the time is unknown and this depends on the hour */
  applying: boolean | null;
  /** with an unknown time: the least and the greatest orb of that day */
  orbs?: { least: number; most: number };
}

export interface Pattern {
  kind: 'grand_trine' | 't_square' | 'stellium' | 'yod';
  members: (Body | Angle)[];
  sign?: Sign;
}

export interface Chart {
  /** ISO 8601 UTC */
  utc: string;
  timeKnown: boolean;
  zodiac: Zodiac;
  /** the system asked for; `houseSystemUsed` differs above the polar circle */
  houseSystem: HouseSystem;
  houseSystemUsed: HouseSystem | null;
  bodies: Record<Body, BodyPosition>;
  /** null when the birth time is unknown, as are houses */
  angles: Record<Angle, number> | null;
  /** longitudes of the twelve cusps */
  houses: number[] | null;
  /** with an unknown time, these and the patterns are those that hold all day */
  aspects: Aspect[];
  patterns: Pattern[];
  /** each of the ten planets counts one, except those whose sign depends on the hour */
  balance: {
    elements: Record<'fire' | 'earth' | 'air' | 'water', number>;
    qualities: Record<'cardinal' | 'fixed' | 'mutable', number>;
  };
  /** ruler of the ascendant's sign; null when the time is unknown */
  ruler: Body | null;
  /** with an unknown time: at local noon; `names` has all phases of that day, in order */
  moonPhase: { name: string; angle: number; illumination: number; names?: string[] };
  /** with an unknown time: the Moon's first and last longitude of that civil day, as in its `day` */
  moonRange: { from: number; to: number; signChange: boolean } | null;
}

export type PeriodKind = 'day' | 'week' | 'month' | 'half';

/** A window of a horoscope's report year. Civil dates, both included. */
export interface Period {
  /** d001-d365, w01-w52, m01-m12, h1-h2 */
  id: string;
  kind: PeriodKind;
  number: number;
  first: string;
  last: string;
}

/** One transit to the natal chart that is within orb during a period. */
export interface Transit {
  transiting: Body;
  aspect: AspectKind;
  natal: Body | Angle;
  /** ISO 8601 UTC; a retrograde planet passes exactness up to three times, or never quite reaches it */
  begins: string;
  exact: string[];
  ends: string;
  house: number | null;
  /**
   * With an unknown birth time, begin and end bound the time in orb whatever the hour of birth. This
   * has the earliest and the latest moment of each passage; null when the hour decides how many there are.
   */
  exactBetween?: [earliest: string, latest: string][] | null;
}

export interface SkyEvent {
  kind: 'ingress' | 'station' | 'lunation' | 'eclipse';
  /** ISO 8601 UTC */
  at: string;
  body: Body;
  /** what happened, in words: "Venus enters Leo", "Full Moon in Libra" */
  text: string;
  house: number | null;
}

export interface PeriodFacts {
  period: Period;
  /** Moon at the first day's local noon, with its phase */
  moon: { sign: Sign; degree: number; phase: string; house: number | null };
  transits: Transit[];
  events: SkyEvent[];
}

/** Moon of a secondary progression: a day after birth stands for a year of life. */
export interface ProgressedMoon extends Pick<BodyPosition, 'sign' | 'degree' | 'house'> {
  /** with an unknown time: for a birth at the day's first and last moment */
  day?: Pick<DayRange, 'from' | 'to' | 'signs'>;
}

/** A report's facts: computed once by its first run and kept, so that later runs ask the same. */
export interface ReportFacts {
  /** name and version of the ephemeris that computed them */
  ephemeris: string;
  chart: Chart;
  /** in reading order; empty for products without periods */
  periods: PeriodFacts[];
  /** the report year's most important transits, for products without periods */
  year: Transit[];
  /** at the report year's start and end; only where a product asks for it */
  progressedMoon?: { from: ProgressedMoon; to: ProgressedMoon };
}
