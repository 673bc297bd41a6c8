/** The parts of a chart that an unknown time changes: only what holds all day is left as a fact. */
import type { Body, BodyPosition, Chart } from '../domain/sky.ts';
import { BODIES } from '../domain/sky.ts';
import type { AspectRule } from './aspects.ts';
import { balanceOf } from './balance.ts';
import type { DaySky } from './day-sky.ts';
import { moonPhase } from './moon-phase.ts';
import { ASPECTING, findPatterns, PATTERN_RULES, PLANETS } from './patterns.ts';

type Parts = Pick<Chart, 'bodies' | 'aspects' | 'patterns' | 'balance' | 'moonPhase' | 'moonRange'>;

/** @param bodies at local noon */
export function holdingAllDay(
  bodies: Record<Body, BodyPosition>,
  sky: DaySky,
  rules: readonly AspectRule[],
): Parts {
  const ranges = Object.fromEntries(BODIES.map((body) => [body, sky.rangeOf(body)])) as Record<
    Body,
    ReturnType<DaySky['rangeOf']>
  >;
  const signOf = (body: Body) => {
    const [sign, ...others] = ranges[body].signs;
    return others.length === 0 ? sign : undefined;
  };
  // every pair is asked for in many figures
  const kinds = new Map(
    PLANETS.flatMap((a, i) =>
      PLANETS.slice(i + 1).map((b) => [`${a} ${b}`, sky.aspectOf(a, b, PATTERN_RULES)?.kind]),
    ),
  );
  const { Sun, Moon } = bodies;
  const { from, to, signs } = ranges.Moon;
  return {
    bodies: Object.fromEntries(
      BODIES.map((body) => [body, { ...bodies[body], day: ranges[body] }]),
    ) as Record<Body, BodyPosition>,
    aspects: ASPECTING.flatMap((a, i) =>
      ASPECTING.slice(i + 1).flatMap((b) => sky.aspectOf(a, b, rules) ?? []),
    ),
    patterns: findPatterns({ kindOf: (a, b) => kinds.get(`${a} ${b}`), signOf }),
    balance: balanceOf(PLANETS.flatMap((body) => signOf(body) ?? [])),
    moonPhase: {
      ...moonPhase(Sun.longitude, Moon.longitude, Moon.latitude),
      names: sky.phases(),
    },
    moonRange: { from, to, signChange: signs.length > 1 },
  };
}
