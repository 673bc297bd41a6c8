/** Figures that several aspects form among the ten planets. */
import type { AspectKind, Body, BodyPosition, Pattern } from '../domain/sky.ts';
import { SIGNS } from '../domain/sky.ts';
import { type AspectRule, aspectBetween, MAJOR_ASPECTS } from './aspects.ts';

export const PLANETS = [
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
] as const satisfies readonly Body[];

/** How many planets in one sign make a stellium. Three are too common to mean much. */
const STELLIUM = 4;
const RULES: readonly AspectRule[] = [...MAJOR_ASPECTS, { kind: 'quincunx', angle: 150, orb: 3 }];

/** @param planets those whose position is certain: not the Moon when the time is unknown */
export function findPatterns(
  bodies: Record<Body, BodyPosition>,
  planets: readonly Body[] = PLANETS,
): Pattern[] {
  const kindOf = (a: Body, b: Body): AspectKind | undefined =>
    aspectBetween({ name: a, ...bodies[a] }, { name: b, ...bodies[b] }, RULES)?.kind;
  const found: Pattern[] = [];
  for (const [a, b, c] of triples(planets)) {
    const sides = [kindOf(a, b), kindOf(b, c), kindOf(a, c)];
    const count = (kind: AspectKind) => sides.filter((side) => side === kind).length;
    if (count('trine') === 3) found.push({ kind: 'grand_trine', members: [a, b, c] });
    if (count('opposition') === 1 && count('square') === 2) {
      found.push({ kind: 't_square', members: [a, b, c] });
    }
    if (count('sextile') === 1 && count('quincunx') === 2) {
      found.push({ kind: 'yod', members: [a, b, c] });
    }
  }
  for (const sign of SIGNS) {
    const members = planets.filter((planet) => bodies[planet].sign === sign);
    if (members.length >= STELLIUM) found.push({ kind: 'stellium', members, sign });
  }
  return found;
}

function triples(planets: readonly Body[]): [Body, Body, Body][] {
  return planets.flatMap((a, i) =>
    planets
      .slice(i + 1)
      .flatMap((b, j) => planets.slice(i + j + 2).map((c): [Body, Body, Body] => [a, b, c])),
  );
}
