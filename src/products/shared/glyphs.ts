/** The glyphs of bodies, zodiac and aspects on the pages. */
import type { AspectKind, Body, Sign } from '../../domain/sky.ts';

/** Bodies on the pages, in the order of every table. The mean node would only repeat the true one. */
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

/** No glyph for minor aspects exists in every font; they appear in lists, not in the grid. */
export const ASPECT_GLYPHS: Readonly<Partial<Record<AspectKind, string>>> = {
  conjunction: '☌',
  opposition: '☍',
  trine: '△',
  square: '□',
  sextile: '⚹',
};
