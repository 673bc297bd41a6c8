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
}

/** Local civil date and time as the customer knows them. `time` null: unknown. */
export interface Birth {
  name: string;
  /** YYYY-MM-DD */
  date: string;
  /** HH:MM or HH:MM:SS, or null when unknown */
  time: string | null;
  /** which of two equal local times, when clocks were set back */
  fold?: 'earlier' | 'later';
  place: Place;
}

/** A birth whose instant has been worked out. */
export interface ResolvedBirth extends Birth {
  /** ISO 8601 UTC instant; local noon when the time is unknown */
  utc: string;
  /** the UTC offset used, in seconds, east positive */
  offsetSeconds: number;
}

/** Everything a report is computed from: the person, and what was asked for. */
export interface Subject {
  birth: ResolvedBirth;
  /** first day of the report year, YYYY-MM-DD, and the zone its civil days are counted in */
  reportYear: { startDate: string; timeZone: string };
  houseSystem: HouseSystem;
  zodiac: Zodiac;
}
