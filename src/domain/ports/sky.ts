/** What the API asks of astrology: where a place is, and when a birth was. */
import type { Birth, KnownPlace, ResolvedBirth } from '../birth.ts';

export interface Places {
  /** Best matches first. */
  search(query: string, limit: number): KnownPlace[];
  find(id: string): KnownPlace | null;
}

/** Works out the instant. @throws InvalidInput naming `birth.*` fields, with the fix */
export type ResolveBirth = (birth: Birth) => ResolvedBirth;
