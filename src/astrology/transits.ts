/** Transits to a natal chart: when each begins, is exact and ends. Solved, not sampled. */
import type { Angle, AspectKind, Body, Chart, Transit } from '../domain/sky.ts';
import { houseOf } from './houses.ts';
import { isoOf } from './julian-day.ts';
import { crossingsOf, type Track } from './track.ts';
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
          staysWithin(track, target, orb)
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
  };
}

interface NatalPoint {
  name: Body | Angle;
  longitude: number;
}

/** Without a birth time there are no angles, and the Moon is uncertain by six degrees. */
function natalPoints(chart: Chart): NatalPoint[] {
  return NATAL_POINTS.flatMap((name): NatalPoint[] => {
    if (name === 'Asc' || name === 'MC' || name === 'Dsc' || name === 'IC') {
      return chart.angles ? [{ name, longitude: chart.angles[name] }] : [];
    }
    if (name === 'Moon' && !chart.timeKnown) return [];
    return [{ name, longitude: chart.bodies[name].longitude }];
  });
}

/** Longitudes from which a planet makes the aspect: one for 0 and 180 degrees, otherwise two. */
function targetsOf(longitude: number, angle: number): number[] {
  return angle === 0 || angle === 180
    ? [longitude + angle]
    : [longitude + angle, longitude - angle];
}

interface Stay {
  begins: number;
  exact: number[];
  ends: number;
}

function staysWithin(track: Track, target: number, orb: number): Stay[] {
  const edges = [
    ...crossingsOf(track, target - orb).map((at) => ({ at, enters: track.speed(at) > 0 })),
    ...crossingsOf(track, target + orb).map((at) => ({ at, enters: track.speed(at) < 0 })),
  ].sort((a, b) => a.at - b.at);
  const exact = edges.length > 0 ? crossingsOf(track, target) : [];
  const stays: Stay[] = [];
  // it is already within orb when the track begins
  let begins: number | null = edges[0]?.enters === false ? track.from : null;
  const close = (start: number, ends: number) =>
    stays.push({ begins: start, ends, exact: exact.filter((at) => at >= start && at <= ends) });
  for (const edge of edges) {
    if (edge.enters) begins = edge.at;
    else if (begins !== null) {
      close(begins, edge.at);
      begins = null;
    }
  }
  if (begins !== null) close(begins, track.to);
  return stays;
}

function middleOf({ begins, exact, ends }: Stay): number {
  return exact[0] ?? (begins + ends) / 2;
}
