/** What the API asks of astrology: where a place is, and when a birth was. */
import type { AskedBirth, KnownPlace, ResolvedBirth } from '../birth.ts';

export interface FoundPlaces {
  /** Best matches first. */
  places: KnownPlace[];
  /** the part of the query that fits no place and was left out; null when all of it was used */
  ignored: string | null;
}

export interface Places {
  search(query: string, limit: number): FoundPlaces;
  find(id: string): KnownPlace | null;
}

/** Works out the instant. @throws InvalidInput naming `birth.*` fields, with the fix; AmbiguousBirth with a question */
export type ResolveBirth = (birth: AskedBirth) => ResolvedBirth;
