/** Transits to a natal chart: when each begins, is exact and ends. Solved, not sampled. */
import type { Angle, AspectKind, Body, Chart, Transit } from '../domain/sky.ts';
import { arc } from './angle.ts';
import { houseOf } from './houses.ts';
import { isoOf } from './julian-day.ts';
import { type Spread, staysNear } from './stays.ts';
import { crossingsOf } from './track.ts';
import { NATAL_POINTS, TRANSIT_ASPECTS, TRANSITING, weightOfNatal } from './transit-rules.ts';
import type { YearSky } from './year-sky.ts';

/** A transit with its times as julian days (UT), which the assignment to periods needs. */
export interface TransitSpan {
  transiting: Body;
  aspect: AspectKind;
  natal: Body | Angle;
  begins: number;
  exact: number[];
  ends: number;
  /** only with an unknown birth time, as in Transit */
  exactBetween?: [number, number][] | null;
  house: number | null;
  /** by planet, aspect and natal point; closeness is not included */
  weight: number;
}

/**
 * Every stay within orb that overlaps the sky's window. A planet that turns back passes a point up
 * to three times: in one stay if it turns within orb, otherwise in a stay for each pass. A planet
 * that turns just short of the point is never exact.
 */
export function solveTransits(sky: YearSky, chart: Chart): TransitSpan[] {
  const natal = natalPoints(chart);
  return TRANSITING.flatMap(({ body, orb, weight }) => {
    const track = sky.track(body);
    return natal.flatMap((point) =>
      TRANSIT_ASPECTS.flatMap((aspect) =>
        targetsOf(point.longitude, aspect.angle).flatMap((target) =>
          staysNear(track, target, orb, point.day)
            .filter((stay) => stay.ends >= sky.from && stay.begins < sky.to)
            .map((stay) => ({
              transiting: body,
              aspect: aspect.kind,
              natal: point.name,
              ...stay,
              house: chart.houses ? houseOf(track.at(middleOf(stay)), chart.houses) : null,
              weight: weight * aspect.weight * weightOfNatal(point.name),
            })),
        ),
      ),
    );
  });
}

/** Only the exact transits between two julian days, in order. The command prints these. */
export function solveExact(
  sky: YearSky,
  chart: Chart,
  bodies: readonly Body[],
): { transiting: Body; aspect: AspectKind; natal: Body | Angle; at: number }[] {
  return natalPoints(chart)
    .flatMap((point) =>
      bodies.flatMap((transiting) =>
        TRANSIT_ASPECTS.flatMap((aspect) =>
          targetsOf(point.longitude, aspect.angle).flatMap((target) =>
            crossingsOf(sky.track(transiting), target)
              .filter((at) => at >= sky.from && at < sky.to)
              .map((at) => ({ transiting, aspect: aspect.kind, natal: point.name, at })),
          ),
        ),
      ),
    )
    .sort((a, b) => a.at - b.at);
}

export function toTransit(span: TransitSpan): Transit {
  const { transiting, aspect, natal, house } = span;
  return {
    transiting,
    aspect,
    natal,
    begins: isoOf(span.begins),
    exact: span.exact.map(isoOf),
    ends: isoOf(span.ends),
    house,
    ...(span.exactBetween === undefined
      ? {}
      : { exactBetween: span.exactBetween?.map(([a, b]) => [isoOf(a), isoOf(b)]) ?? null }),
  };
}

interface NatalPoint {
  name: Body | Angle;
  longitude: number;
  /** with an unknown time: how far before and after that longitude it may be, degrees */
  day?: Spread;
}

/** Without a birth time there are no angles, and the Moon is uncertain by more than any orb. */
function natalPoints(chart: Chart): NatalPoint[] {
  return NATAL_POINTS.flatMap((name): NatalPoint[] => {
    if (name === 'Asc' || name === 'MC' || name === 'Dsc' || name === 'IC') {
      return chart.angles ? [{ name, longitude: chart.angles[name] }] : [];
    }
    if (name === 'Moon' && !chart.timeKnown) return [];
    const { longitude, day } = chart.bodies[name];
    if (!day) return [{ name, longitude }];
    const spread = { before: arc(day.from, longitude), after: arc(longitude, day.to) };
    return [{ name, longitude, day: spread }];
  });
}

/** Longitudes from which a planet makes the aspect: one for 0 and 180 degrees, otherwise two. */
function targetsOf(longitude: number, angle: number): number[] {
  return angle === 0 || angle === 180
    ? [longitude + angle]
    : [longitude + angle, longitude - angle];
}

function middleOf({
  begins,
  exact,
  ends,
}: {
  begins: number;
  exact: number[];
  ends: number;
}): number {
  return exact[0] ?? (begins + ends) / 2;
}
