/** Clocks of places that belonged to another state, or kept their own time. */
import { describe, expect, it } from 'vitest';
import { resolveBirth } from '../../src/astrology/resolve-birth.ts';
import { birthOf, type Case } from './local-births.ts';

describe('clocks that followed another place', () => {
  it.each([
    ['Königsberg is in tzdb itself', 'Kaliningrad', '1930-01-15', 3600],
    ['Danzig kept German time', 'Gdańsk', '1912-06-15', 3600],
    ['Posen was Prussian', 'Poznań', '1900-06-15', 3600],
    ['Stettin was German', 'Szczecin', '1910-06-15', 3600],
    ['Krakow was Austrian', 'Kraków', '1900-06-15', 3600],
    ['Warsaw kept its own mean time', 'Warsaw', '1900-06-15', 5040],
    ['Lemberg was Austrian', 'Lviv', '1900-06-15', 3600],
    ['Lwów was Polish', 'Lviv', '1935-06-15', 3600],
    ['Kyiv was Soviet', 'Kyiv', '1935-06-15', 10_800],
    ['Brest was Polish', 'Brest, Belarus', '1935-06-15', 3600],
    ['Minsk was Soviet', 'Minsk', '1935-06-15', 10_800],
    ['Viipuri was Finnish', 'Vyborg', '1935-06-15', 7200],
    ['Metz was German', 'Metz', '1905-06-15', 3600],
    ['Nancy was French', 'Nancy', '1905-06-15', 561],
    ['Klausenburg was Hungarian', 'Cluj-Napoca', '1900-06-15', 3600],
    ['Memel was German', 'Klaipėda', '1910-06-15', 3600],
  ])('%s: %s on %s was %i s from UTC', (_, name, date, seconds) => {
    const birth = birthOf({ date, time: '12:00', place: name });
    expect(resolveBirth({ ...birth, calendar: 'new' }).offsetSeconds).toBe(seconds);
  });

  it('a zone under another name is the same: Europe/Kiev', () => {
    const lviv: Case['at'] = ['Europe/Kiev', 49.83826, 24.02324];
    const birth = resolveBirth(birthOf({ date: '1935-06-15', time: '12:00', at: lviv }));
    expect(birth).toMatchObject({ offsetSeconds: 3600, clock: 'Europe/Warsaw' });
  });

  // Official Guide of the Railways, 1960
  it.each([
    ['Dallas', '1955-07-01', -21_600],
    ['Atlanta', '1960-07-01', -18_000],
    ['Miami', '1950-07-01', -18_000],
    ['Nashville', '1960-07-01', -21_600],
    ['Chicago', '1955-07-01', -18_000],
    ['New York', '1955-07-01', -14_400],
    ['Dallas', '1944-07-01', -18_000],
    ['Dallas', '1967-07-01', -18_000],
  ])('an American town has summer time only where it was kept: %s on %s', (name, date, seconds) => {
    const birth = resolveBirth(birthOf({ date, time: '12:00', place: name }));
    expect(birth.offsetSeconds).toBe(seconds);
    const isOwnChoice = date > '1945-09-30' && date < '1967-04-30';
    expect(birth.offsetDoubt?.code).toBe(isOwnChoice ? 'own_summer_time' : undefined);
  });

  it('nothing is uncertain about a winter day there', () => {
    const birth = birthOf({ date: '1960-01-15', time: '12:00', place: 'Houston, US' });
    expect(resolveBirth(birth).offsetDoubt).toBeUndefined();
  });

  it('an Indian town before 1906 has its own mean time, and is told that this is uncertain', () => {
    const at: Case['at'] = ['Asia/Kolkata', 21.6417, 69.6];
    const birth = resolveBirth(birthOf({ date: '1869-10-02', time: '07:11', at }));
    expect(birth).toMatchObject({ offsetSeconds: 16_704, clock: 'local_mean_time' });
    expect(birth.offsetDoubt?.code).toBe('own_standard_time');
  });

  it("a town under its capital's mean time is told that it may have kept its own", () => {
    const birth = birthOf({ date: '1899-04-22', time: '12:00', place: 'Saint Petersburg, RU' });
    const { offsetDoubt } = resolveBirth({ ...birth, calendar: 'new' });
    expect(offsetDoubt?.code).toBe('capital_mean_time');
  });
});
