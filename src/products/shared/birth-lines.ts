/** The birth and the report year, as the covers print them. */
import type { ResolvedBirth, Subject } from '../../domain/birth.ts';
import { onOneLine } from './customer-words.ts';
import { longDate } from './dates.ts';

export function printedName(subject: Subject): string {
  return onOneLine(subject.birth.name);
}

/** @returns `15 June 1990`, or `5 February 1918 (old style; 18 February 1918 in the new style)` */
export function birthDate({ date, newStyleDate }: ResolvedBirth): string {
  if (newStyleDate === undefined) return longDate(date);
  return `${longDate(date)} (old style; ${longDate(newStyleDate)} in the new style)`;
}

/** @returns `Born 15 June 1990 at 11:00 in London, United Kingdom` */
export function birthLine({ birth }: Subject): string {
  const time = birth.time === null ? ', time unknown,' : ` at ${birth.time}`;
  return `Born ${birthDate(birth)}${time} in ${onOneLine(birth.place.name)}`;
}

/** @returns `51°30′ N, 0°08′ W · 1990-06-15 10:00 UTC (UTC+01:00, Europe/London)`, and whether the offset is uncertain */
export function reckoningLine({ birth }: Subject): string {
  const { latitude, longitude } = birth.place;
  const where = `${arc(latitude, 'N', 'S')}, ${arc(longitude, 'E', 'W')}`;
  const utc = birth.utc.replace('T', ' ').replace(/(:\d\d)(?::\d\d(?:\.\d+)?)?Z$/, '$1');
  const line = `${where} · ${utc} UTC (UTC${offset(birth.offsetSeconds)}, ${clockName(birth)})`;
  if (birth.offsetDoubt === undefined) return line;
  return `${line}. The offset from UTC is uncertain: ${birth.offsetDoubt.why}`;
}

function clockName({ clock, place }: ResolvedBirth): string {
  if (clock === 'local_mean_time') return 'local mean time';
  if (clock === 'given_offset') return 'as given';
  if (clock === 'no_summer_time') return `${place.timeZone} without summer time`;
  return clock ?? place.timeZone;
}

function arc(degrees: number, positive: string, negative: string): string {
  const minutes = Math.round(Math.abs(degrees) * 60);
  const rest = String(minutes % 60).padStart(2, '0');
  return `${Math.floor(minutes / 60)}°${rest}′ ${degrees < 0 ? negative : positive}`;
}

/** Before time zones, offsets had seconds. @returns `+01:00`, `+00:53:28` */
function offset(seconds: number): string {
  const total = Math.abs(seconds);
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60];
  if (total % 60 !== 0) parts.push(total % 60);
  const sign = seconds < 0 ? '−' : '+';
  return sign + parts.map((part) => String(part).padStart(2, '0')).join(':');
}
