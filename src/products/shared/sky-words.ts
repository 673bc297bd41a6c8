/** How bodies, signs and aspects are written: glyphs for the pages, words for prompts. */
import type { Angle, AspectKind, Body, Sign } from '../../domain/sky.ts';

/** Bodies that the pages show, in the order of every table. The mean node would only repeat the true one. */
export const SHOWN_BODIES = [
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
  'Chiron',
  'TrueNode',
  'Lilith',
] as const satisfies readonly Body[];

export const BODY_GLYPHS: Readonly<Record<Body, string>> = {
  Sun: '☉',
  Moon: '☽',
  Mercury: '☿',
  Venus: '♀',
  Mars: '♂',
  Jupiter: '♃',
  Saturn: '♄',
  Uranus: '♅',
  Neptune: '♆',
  Pluto: '♇',
  Chiron: '⚷',
  TrueNode: '☊',
  MeanNode: '☊',
  Lilith: '⚸',
};

export const SIGN_GLYPHS: Readonly<Record<Sign, string>> = {
  Aries: '♈',
  Taurus: '♉',
  Gemini: '♊',
  Cancer: '♋',
  Leo: '♌',
  Virgo: '♍',
  Libra: '♎',
  Scorpio: '♏',
  Sagittarius: '♐',
  Capricorn: '♑',
  Aquarius: '♒',
  Pisces: '♓',
};

/** Minor aspects have no glyph that every font has; they stand in lists, not in the grid. */
export const ASPECT_GLYPHS: Readonly<Partial<Record<AspectKind, string>>> = {
  conjunction: '☌',
  opposition: '☍',
  trine: '△',
  square: '□',
  sextile: '⚹',
};

const POINT_NAMES: Readonly<Partial<Record<Body | Angle, string>>> = {
  TrueNode: 'North Node',
  MeanNode: 'mean North Node',
  Lilith: 'Black Moon Lilith',
  Asc: 'Ascendant',
  MC: 'Midheaven',
  Dsc: 'Descendant',
};

export function pointName(point: Body | Angle): string {
  return POINT_NAMES[point] ?? point;
}

/** @param house 1-12 @returns `5th house` */
export function houseName(house: number): string {
  const ending = house === 1 ? 'st' : house === 2 ? 'nd' : house === 3 ? 'rd' : 'th';
  return `${house}${ending} house`;
}

/**
 * Rounded down to the minute, as almanacs do: 29°59′50″ of a sign must not become 30°00′.
 * @param degree within the sign, 0-30 @returns `12°04′`
 */
export function degreeInSign(degree: number): string {
  const minutes = Math.floor(degree * 60 + 1e-9);
  return `${Math.floor(minutes / 60)}°${String(minutes % 60).padStart(2, '0')}′`;
}
