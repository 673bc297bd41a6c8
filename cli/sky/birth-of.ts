/** A birth from what a person types, with the place by name. */
import { openPlaces } from '../../src/astrology/places.ts';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import type { ResolvedBirth } from '../../src/domain/birth.ts';
import { AlmanacError } from '../../src/domain/errors.ts';
import { answersOf, type BirthAnswers, placeOf, renamed } from './birth-answers.ts';

/** @throws AlmanacError naming `--place`, InvalidInput naming the other options, AmbiguousBirth with a question */
export function birthOf(
  wish: { name: string; date: string; time?: string; place: string } & BirthAnswers,
): ResolvedBirth {
  const [place] = openPlaces().search(wish.place, 1).places;
  if (!place) throw new AlmanacError('usage', `--place: no place is called "${wish.place}"`);
  const { name, date, time = null } = wish;
  return renamed(() =>
    resolveBirth({ name, date, time, ...answersOf(wish), ...placeOf(place, wish.tz) }),
  );
}
