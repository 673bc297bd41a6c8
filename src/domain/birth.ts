/** The birth a report is about, and the report year it covers. */
import { z } from 'zod';

export const HOUSE_SYSTEMS = [
  'placidus',
  'whole_sign',
  'equal',
  'koch',
  'porphyry',
  'regiomontanus',
  'campanus',
] as const;
export type HouseSystem = (typeof HOUSE_SYSTEMS)[number];

export const ZODIACS = ['tropical', 'lahiri', 'fagan_bradley'] as const;
export type Zodiac = (typeof ZODIACS)[number];

/** A place on earth: degrees, north and east positive; an IANA zone. */
export const placeSchema = z.object({
  name: z.string().trim().min(1).max(120),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  timeZone: z.string().min(1).max(60),
});
export type Place = z.infer<typeof placeSchema>;

/** A place found by the search, with an id that an order can name. */
export interface KnownPlace extends Place {
  id: string;
  /** ISO 3166-1, two letters */
  country: string;
  /** name of the state, province or region, which tells places of one name apart; null when not known */
  region: string | null;
  /** null when not known */
  population: number | null;
  /** a second zone whose clocks people there use; left out where there is none */
  otherZone?: OtherZone;
}

/** A zone that some people of a place use beside its own (Xinjiang, Abkhazia, …). */
export interface OtherZone {
  timeZone: string;
  /** first day of its use and the day after the last, YYYY-MM-DD; null: not bounded */
  from: string | null;
  to: string | null;
}

/** Local civil date and time as the customer knows them. `time` null: unknown. */
export interface Birth {
  name: string;
  /** YYYY-MM-DD, in the calendar that `calendar` says */
  date: string;
  /** HH:MM or HH:MM:SS, or null when unknown */
  time: string | null;
  /** which of two equal local times, when clocks were set back */
  fold?: 'earlier' | 'later';
  /** old: `date` is of the Julian calendar; new (also when left out): of the Gregorian */
  calendar?: 'old' | 'new';
  /** offset of the clock from UTC, `+08:00`; goes before the place's zone */
  utcOffset?: string;
  place: Place;
}

/** A birth whose place may have a second zone, of which the customer has not chosen yet. */
export interface AskedBirth extends Birth {
  otherZone?: OtherZone;
}

/** Why the offset of a birth is not certain. */
export interface OffsetDoubt {
  /** stable: `own_summer_time`, `moved_border`, … */
  code: string;
  /** a clause in plain English, without a full stop */
  why: string;
}

/** A birth whose instant has been worked out. Orders of before have none of the optional fields. */
export interface ResolvedBirth extends Birth {
  /** ISO 8601 UTC instant; local noon when the time is unknown */
  utc: string;
  /** the UTC offset used, in seconds, east positive */
  offsetSeconds: number;
  /** `local_mean_time`, `given_offset`, `no_summer_time`, or the zone of another state; left out: the place's zone */
  clock?: string;
  /** the Gregorian date, YYYY-MM-DD, of a `date` in the old style */
  newStyleDate?: string;
  /** left out where nothing is known against the offset */
  offsetDoubt?: OffsetDoubt;
}

/** Everything a report is computed from: the person, and what was asked for. */
export interface Subject {
  birth: ResolvedBirth;
  /** first day of the report year, YYYY-MM-DD, and the zone its civil days are counted in */
  reportYear: { startDate: string; timeZone: string };
  houseSystem: HouseSystem;
  zodiac: Zodiac;
}
