/** Figures that several aspects form among the ten planets. */
import type { AspectKind, Body, BodyPosition, Pattern, Sign } from '../domain/sky.ts';
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

/** Bodies that make aspects. The mean node would repeat the true one; Lilith is only a point. */
export const ASPECTING: readonly Body[] = [...PLANETS, 'Chiron', 'TrueNode'];

/** How many planets in one sign make a stellium. Three are too common to mean much. */
const STELLIUM = 4;
export const PATTERN_RULES: readonly AspectRule[] = [
  ...MAJOR_ASPECTS,
  { kind: 'quincunx', angle: 150, orb: 3 },
];

/** What figures are made of. With an unknown time: only what holds all day. */
export interface PatternSky {
  kindOf(a: Body, b: Body): AspectKind | undefined;
  /** undefined when it depends on the hour */
  signOf(planet: Body): Sign | undefined;
}

/** The sky of one instant. */
export function skyOf(bodies: Record<Body, BodyPosition>): PatternSky {
  return {
    kindOf: (a, b) =>
      aspectBetween({ name: a, ...bodies[a] }, { name: b, ...bodies[b] }, PATTERN_RULES)?.kind,
    signOf: (planet) => bodies[planet].sign,
  };
}

export function findPatterns({ kindOf, signOf }: PatternSky): Pattern[] {
  const found: Pattern[] = [];
  for (const [a, b, c] of triples(PLANETS)) {
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
    const members = PLANETS.filter((planet) => signOf(planet) === sign);
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
