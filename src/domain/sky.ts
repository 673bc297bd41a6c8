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
  /** degrees from exact */
  orb: number;
  applying: boolean;
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
  aspects: Aspect[];
  patterns: Pattern[];
  balance: {
    elements: Record<'fire' | 'earth' | 'air' | 'water', number>;
    qualities: Record<'cardinal' | 'fixed' | 'mutable', number>;
  };
  /** ruler of the ascendant's sign; null when the time is unknown */
  ruler: Body | null;
  moonPhase: { name: string; angle: number; illumination: number };
  /** with an unknown time: the Moon's first and last longitude of that civil day */
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
export type ProgressedMoon = Pick<BodyPosition, 'sign' | 'degree' | 'house'>;

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
