import { expect, it } from 'vitest';
import {
  dateText,
  degreeText,
  describeAspect,
  describeEvent,
  describeMoon,
  describePattern,
  describePosition,
  describeTransit,
  houseText,
} from '../../src/astrology/describe.ts';
import type { DayRange, Transit } from '../../src/domain/sky.ts';

const transit: Transit = {
  transiting: 'Mars',
  aspect: 'trine',
  natal: 'Venus',
  begins: '2026-06-11T05:00:00Z',
  exact: ['2026-06-14T23:30:00Z'],
  ends: '2026-06-17T20:00:00Z',
  house: 2,
};

it('says when a transit is exact and how long it lasts, in local dates', () => {
  expect(describeTransit(transit, 'UTC')).toBe(
    'Mars trine natal Venus, exact 14 Jun 2026, in orb 11 Jun 2026 to 17 Jun 2026, through the 2nd house',
  );
  expect(describeTransit(transit, 'Europe/Berlin')).toContain('exact 15 Jun 2026');
});

it('gives the hour for the Moon, whose transits pass within hours', () => {
  expect(describeTransit({ ...transit, transiting: 'Moon', house: null }, 'Europe/Berlin')).toBe(
    'Moon trine natal Venus, exact 15 Jun 2026 01:30',
  );
});

it('says when a planet turns back before the aspect is exact', () => {
  expect(describeTransit({ ...transit, exact: [] }, 'UTC')).toContain('never quite exact');
});

it('names a position by sign, degree, house and state', () => {
  const position = {
    longitude: 192.0667,
    latitude: 0,
    speed: -0.1,
    retrograde: true,
    sign: 'Libra',
    degree: 12.0667,
    house: 5,
    dignity: 'exaltation',
  } as const;
  expect(describePosition('Saturn', position)).toBe(
    "Saturn in Libra 12°04', 5th house, retrograde, exaltation",
  );
  // the node always moves backwards
  expect(describePosition('TrueNode', { ...position, house: null, dignity: null })).toBe(
    "North Node in Libra 12°04'",
  );
});

it('gives a range where an unknown time leaves a position open', () => {
  const noon = {
    longitude: 359.9,
    latitude: 0,
    speed: 1,
    retrograde: false,
    sign: 'Pisces',
  } as const;
  const position = { ...noon, degree: 29.9, house: null, dignity: null };
  const words = (day: Omit<DayRange, 'retrograde' | 'dignity'>, rest: Partial<DayRange> = {}) =>
    describePosition('Mercury', {
      ...position,
      day: { retrograde: false, dignity: null, ...day, ...rest },
    });
  expect(words({ from: 359.1, to: 0.1, signs: ['Pisces', 'Aries'] })).toBe(
    "Mercury in Pisces or Aries (Pisces 29°06' to Aries 0°06')",
  );
  expect(words({ from: 5.5, to: 6.75, signs: ['Aries'] }, { dignity: 'detriment' })).toBe(
    "Mercury in Aries 5°30' to 6°45', detriment",
  );
  // less than the last printed digit is not a range
  expect(words({ from: 5.501, to: 5.502, signs: ['Aries'] }, { retrograde: null })).toBe(
    "Mercury in Aries 5°30', retrograde for part of that day",
  );
});

it('gives the least and the greatest orb of a day, and says whether an aspect was exact in it', () => {
  const aspect = { a: 'Sun', b: 'Mars', kind: 'trine', orb: 0.2 } as const;
  expect(describeAspect({ ...aspect, applying: true, orbs: { least: 0.1, most: 0.4 } })).toBe(
    "Sun trine Mars, orb 0°06' to 0°24', applying",
  );
  expect(describeAspect({ ...aspect, applying: null, orbs: { least: 0, most: 0.4 } })).toBe(
    "Sun trine Mars, orb 0°00' to 0°24', exact at some hour of that day",
  );
  expect(describeAspect({ ...aspect, applying: null, orbs: { least: 0.2, most: 0.201 } })).toBe(
    "Sun trine Mars, orb 0°12'",
  );
});

it('says between which days a transit is exact when the hour of birth is unknown', () => {
  const between = (exactBetween: Transit['exactBetween']) =>
    describeTransit({ ...transit, house: null, exactBetween }, 'UTC');
  expect(between([['2026-06-13T05:00:00Z', '2026-06-15T05:00:00Z']])).toBe(
    'Mars trine natal Venus, exact between 13 Jun 2026 and 15 Jun 2026, in orb at least from 11 Jun 2026 to 17 Jun 2026',
  );
  expect(between([['2026-06-14T05:00:00Z', '2026-06-14T09:00:00Z']])).toContain(
    ', exact 14 Jun 2026,',
  );
  expect(between([])).toContain('never quite exact');
  expect(between(null)).toContain('the hour of birth decides whether and when it is exact');
});

it('names aspects, patterns, events and the Moon of a day', () => {
  expect(describeAspect({ a: 'Sun', b: 'Asc', kind: 'square', orb: 0.85, applying: true })).toBe(
    "Sun square Ascendant, orb 0°51', applying",
  );
  expect(describePattern({ kind: 'stellium', members: ['Sun', 'Moon', 'Mars'], sign: 'Leo' })).toBe(
    'Stellium in Leo of Sun, Moon and Mars',
  );
  const event = { kind: 'lunation', body: 'Moon', text: 'Full Moon in Libra', house: 2 } as const;
  expect(describeEvent({ ...event, at: '2026-04-02T02:11:58Z' }, 'Europe/London')).toBe(
    'Full Moon in Libra, 2 Apr 2026 03:11, 2nd house',
  );
  expect(describeMoon({ sign: 'Libra', degree: 12.0667, phase: 'Full Moon', house: null })).toBe(
    "Moon in Libra 12°04', Full Moon",
  );
});

it.each([
  [0, "0°00'"],
  [12.1, "12°06'"],
  [29.999, "29°59'"],
])('cuts %s degrees down to %s, and never rounds up into the next sign', (degrees, text) => {
  expect(degreeText(degrees)).toBe(text);
});

it('writes house numbers as English ordinals', () => {
  const texts = Array.from({ length: 12 }, (_, i) => houseText(i + 1).replace(' house', ''));
  expect(texts.join(' ')).toBe('1st 2nd 3rd 4th 5th 6th 7th 8th 9th 10th 11th 12th');
});

it('writes dates the way people do', () => {
  expect(dateText('2026-12-31T23:30:00Z', 'Asia/Tokyo')).toBe('1 Jan 2027');
});
