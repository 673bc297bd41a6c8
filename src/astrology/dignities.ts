/**
 * Rulers and essential dignities. Source for the seven visible planets: Ptolemy, Tetrabiblos I.17
 * and I.19. In the tropical zodiac Uranus, Neptune and Pluto rule Aquarius, Pisces and Scorpio, as in
 * modern practice. Sidereal charts use only the seven.
 */
import type { Zodiac } from '../domain/birth.ts';
import type { Body, BodyPosition, Sign } from '../domain/sky.ts';
import { SIGNS } from '../domain/sky.ts';

const RULER: Record<Sign, Body> = {
  Aries: 'Mars',
  Taurus: 'Venus',
  Gemini: 'Mercury',
  Cancer: 'Moon',
  Leo: 'Sun',
  Virgo: 'Mercury',
  Libra: 'Venus',
  Scorpio: 'Mars',
  Sagittarius: 'Jupiter',
  Capricorn: 'Saturn',
  Aquarius: 'Saturn',
  Pisces: 'Jupiter',
};
const MODERN_RULER: Partial<Record<Sign, Body>> = {
  Scorpio: 'Pluto',
  Aquarius: 'Uranus',
  Pisces: 'Neptune',
};
const EXALTED_IN: Partial<Record<Body, Sign>> = {
  Sun: 'Aries',
  Moon: 'Taurus',
  Mercury: 'Virgo',
  Venus: 'Pisces',
  Mars: 'Capricorn',
  Jupiter: 'Cancer',
  Saturn: 'Libra',
};

export function rulerOf(sign: Sign, zodiac: Zodiac): Body {
  return (zodiac === 'tropical' ? MODERN_RULER[sign] : undefined) ?? RULER[sign];
}

/** Where a planet has two dignities (Mercury in Virgo and in Pisces), the rulership counts. */
export function dignityOf(body: Body, sign: Sign, zodiac: Zodiac): BodyPosition['dignity'] {
  const across = opposite(sign);
  if (rules(body, sign, zodiac)) return 'domicile';
  if (rules(body, across, zodiac)) return 'detriment';
  if (EXALTED_IN[body] === sign) return 'exaltation';
  if (EXALTED_IN[body] === across) return 'fall';
  return null;
}

function rules(body: Body, sign: Sign, zodiac: Zodiac): boolean {
  return RULER[sign] === body || rulerOf(sign, zodiac) === body;
}

function opposite(sign: Sign): Sign {
  return SIGNS[(SIGNS.indexOf(sign) + 6) % 12] ?? sign;
}
