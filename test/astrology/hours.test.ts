/** Births whose local clock or calendar is not plain: reference/hours.json has the right values and their sources. */
import { describe, expect, it } from 'vitest';
import { birthDay, resolveBirth } from '../../src/astrology/resolve-birth.ts';
import type { AskedBirth } from '../../src/domain/birth.ts';
import { AmbiguousBirth, InvalidInput } from '../../src/domain/errors.ts';
import { answered, birthOf, cases, refusalOf } from './local-births.ts';

const titled = cases.map((each) => ({
  ...each,
  title: `${each.date} ${each.time} in ${each.place ?? each.at?.join(' ')} (${each.group})`,
}));

describe('a birth at a place whose clock is known', () => {
  it.each(titled.filter(({ utc }) => utc))('is at its right instant: $title', (one) => {
    expect(resolveBirth(birthOf(one)).utc).toBe(one.utc);
  });

  it.each(titled.filter(({ doubt }) => doubt))(
    'says that its offset is uncertain, and why: $title',
    (one) => {
      const { offsetDoubt } = resolveBirth(birthOf(one));
      expect(offsetDoubt?.why).toMatch(/^[a-zA-Z].{20,}[a-z0-9]$/);
    },
  );

  it.each(titled.filter(({ utc, doubt }) => utc && !doubt))(
    'says nothing of the kind where nothing is known against it: $title',
    (one) => {
      expect(resolveBirth(birthOf(one)).offsetDoubt).toBeUndefined();
    },
  );

  it.each(titled.filter(({ refused }) => refused))('is refused on a skipped day: $title', (one) => {
    const error = refusalOf(birthOf(one));
    expect(error).toBeInstanceOf(InvalidInput);
    expect((error as InvalidInput).issues[0]?.field).toBe(one.refused);
  });
});

describe('a birth that leaves a question open', () => {
  const open = titled.filter(({ ask }) => ask);

  it.each(open)('is asked about, with the instant of each choice: $title', (one) => {
    const error = refusalOf(birthOf(one));
    expect(error).toBeInstanceOf(AmbiguousBirth);
    const { code, field, choices } = error as AmbiguousBirth;
    expect({ code, field }).toEqual({ code: 'ambiguous_birth', field: one.ask });
    const given = choices.map(({ value, utc }) => [value, utc]);
    expect(Object.fromEntries(given)).toEqual(one.choices);
    for (const { label } of choices) expect(label).toMatch(/\S/);
  });

  it.each(open)('is at the instant of the choice that is sent back: $title', (one) => {
    for (const [value, utc] of Object.entries(one.choices ?? {})) {
      expect(resolveBirth(answered(birthOf(one), one.ask ?? '', value)).utc).toBe(utc);
    }
  });

  it.each(open)('does not need an answer when the offset is given: $title', (one) => {
    if (one.ask === 'birth.calendar') return;
    const birth = resolveBirth({ ...birthOf(one), utcOffset: '+02:00' });
    expect(birth).toMatchObject({ offsetSeconds: 7200, clock: 'given_offset' });
  });

  it('is asked about the calendar first, then the zone, then the fold', () => {
    const place = { name: 'Gagra', latitude: 43.3, longitude: 40.25, timeZone: 'Asia/Tbilisi' };
    const otherZone = { timeZone: 'Europe/Moscow', from: null, to: null };
    const birth: AskedBirth = { name: '', date: '1917-10-10', time: '12:00', place, otherZone };
    expect((refusalOf(birth) as AmbiguousBirth).field).toBe('birth.calendar');
    const told: AskedBirth = { ...birth, calendar: 'new' };
    expect((refusalOf(told) as AmbiguousBirth).field).toBe('birth.place.timeZone');
  });

  it('hears of all that is wrong before it is asked', () => {
    const error = refusalOf({
      ...birthOf({ date: '1918-02-05', time: '25:00', place: 'Moscow, RU' }),
      utcOffset: '+17:00',
    });
    expect((error as InvalidInput).issues.map(({ field }) => field)).toEqual([
      'birth.time',
      'birth.utcOffset',
    ]);
  });

  it('is asked even if the time is unknown, because the day itself depends on the answer', () => {
    const birth = { ...birthOf({ date: '1918-02-05', time: '', place: 'Moscow, RU' }), time: null };
    expect((refusalOf(birth) as AmbiguousBirth).field).toBe('birth.calendar');
    expect(birthDay(resolveBirth({ ...birth, calendar: 'old' })).from).toBe('1918-02-17T21:28:41Z');
  });
});

describe('an order from before these fields', () => {
  it('keeps the day that it had, by its zone', () => {
    const old = { ...birthOf({ date: '1879-03-14', time: '', place: 'Ulm, Germany' }), time: null };
    const stored = { ...old, utc: '1879-03-14T11:06:32Z', offsetSeconds: 3208 };
    expect(birthDay(stored)).toEqual({ from: '1879-03-13T23:06:32Z', to: '1879-03-14T23:06:32Z' });
  });
});
