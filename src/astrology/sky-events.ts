/** What the sky does in a window: ingresses, stations, lunations and eclipses, with their houses. */
import { lunarEclipses, solarEclipses } from 'caelus';
import { type Body, type Chart, SIGNS, type SkyEvent } from '../domain/sky.ts';
import { signOf } from './angle.ts';
import { openEphemeris, positionOf } from './ephemeris.ts';
import { houseOf } from './houses.ts';
import { isoOf } from './julian-day.ts';
import { crossingsOf } from './track.ts';
import { TRANSITING } from './transit-rules.ts';
import type { YearSky } from './year-sky.ts';

/** An event and its julian day (UT). */
export interface TimedEvent {
  jd: number;
  event: SkyEvent;
}

const LUNATIONS = [
  [0, 'New Moon'],
  [90, 'First Quarter Moon'],
  [180, 'Full Moon'],
  [270, 'Last Quarter Moon'],
] as const;
/** With the Moon beyond this latitude at new or full, no eclipse is possible. Degrees (Meeus, ch. 54). */
const ECLIPSE_LATITUDE = 1.65;

/** @returns the events of the sky's window in order of time */
export function findSkyEvents(sky: YearSky, chart: Pick<Chart, 'houses'>): TimedEvent[] {
  const within = (jd: number) => jd >= sky.from && jd < sky.to;
  const timed = (kind: SkyEvent['kind'], body: Body, jd: number, text: string): TimedEvent => {
    const longitude = sky.track(body).at(jd);
    const house = chart.houses ? houseOf(longitude, chart.houses) : null;
    return { jd, event: { kind, at: isoOf(jd), body, text, house } };
  };
  const bodies = TRANSITING.map(({ body }) => body);
  return [...bodies.flatMap(ingresses), ...bodies.flatMap(stations), ...lunations()].sort(
    (a, b) => a.jd - b.jd,
  );

  function ingresses(body: Body): TimedEvent[] {
    const track = sky.track(body);
    return SIGNS.flatMap((_, index) =>
      crossingsOf(track, index * 30)
        .filter(within)
        .map((jd) => {
          const backwards = track.speed(jd) < 0;
          const sign = SIGNS[(index + (backwards ? 11 : 0)) % 12];
          const how = backwards ? 'returns, retrograde, to' : 'enters';
          return timed('ingress', body, jd, `${body} ${how} ${sign}`);
        }),
    );
  }

  function stations(body: Body): TimedEvent[] {
    const track = sky.track(body);
    return track.turns
      .slice(1, -1)
      .filter(within)
      .map((jd) => {
        const way = track.speed(jd + 1) < 0 ? 'retrograde' : 'direct';
        return timed('station', body, jd, `${body} stations ${way} in ${signOf(track.at(jd))}`);
      });
  }

  function lunations(): TimedEvent[] {
    return LUNATIONS.flatMap(([angle, name]) =>
      crossingsOf(sky.elongation(), angle).flatMap((jd) => {
        const sign = signOf(sky.track('Moon').at(jd));
        const lunation = timed('lunation', 'Moon', jd, `${name} in ${sign}`);
        return [lunation, ...eclipsesNear(jd, angle)].filter((one) => within(one.jd));
      }),
    );
  }

  function eclipsesNear(lunation: number, angle: number): TimedEvent[] {
    if (angle % 180 !== 0) return [];
    const { latitude } = positionOf('Moon', lunation, sky.zodiac);
    if (Math.abs(latitude) > ECLIPSE_LATITUDE) return [];
    const search = angle === 0 ? solarEclipses : lunarEclipses;
    const [body, light] = angle === 0 ? (['Sun', 'solar'] as const) : (['Moon', 'lunar'] as const);
    return search(openEphemeris(), lunation - 1, lunation + 1).map(({ tMax, type }) => {
      const sign = signOf(sky.track(body).at(tMax));
      const kind = `${type[0]?.toUpperCase()}${type.slice(1)}`;
      return timed('eclipse', body, tMax, `${kind} ${light} eclipse in ${sign}`);
    });
  }
}
