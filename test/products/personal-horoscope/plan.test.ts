import { describe, expect, it } from 'vitest';
import { questionsOf } from '../../../src/domain/call-plan.ts';
import { AREAS } from '../../../src/products/personal-horoscope/v1/areas.ts';
import { personalHoroscopeV1 as definition } from '../../../src/products/personal-horoscope/v1/definition.ts';
import { factsOf, subjectOf } from '../sample.ts';

const START_DATES = [
  '2026-11-21',
  '2027-01-01',
  '2027-12-31', // includes 29 February 2028
  '2028-02-28',
  '2028-02-29',
  '2028-03-01',
  '2026-01-29',
  '2026-01-30',
  '2026-01-31',
  '2026-03-31',
  '2026-08-31',
  '2026-12-31',
];

describe.each(START_DATES)('the horoscope of a year that begins on %s', (startDate) => {
  const subject = subjectOf({ startDate });
  const facts = factsOf(subject);
  const { steps } = definition.plan(facts, subject);
  const questions = steps.flatMap(questionsOf);

  it('asks 8,620 questions in 161 steps: 87 of 54, then 74 of 53', () => {
    const sizes = steps.map((step) => questionsOf(step).length);
    expect(questions).toHaveLength(8_620);
    expect(sizes).toEqual([...Array(87).fill(54), ...Array(74).fill(53)]);
    expect(steps.map(({ step }) => step)).toEqual(sizes.map((_, index) => index + 1));
  });

  it('gives every answer an id of its own', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(8_620);
  });

  it('goes through the periods in reading order, with twenty areas each', () => {
    const periods = questions
      .filter((_, index) => index % 20 === 0)
      .map(({ id }) => id.slice(0, id.indexOf('-')));
    expect(periods).toEqual(facts.periods.map(({ period }) => period.id));
    const areas = questions.map(({ id }) => id.slice(id.indexOf('-') + 1));
    areas.forEach((area, index) => {
      expect(area).toBe(areas[index % 20]);
    });
  });
});

describe('a step of the horoscope', () => {
  const subject = subjectOf();
  const plan = definition.plan(factsOf(subject), subject);

  it('gives each of its periods its own facts, even if the step has only part of the period', () => {
    const [, second] = plan.steps;
    expect(second?.groups.map(({ questions }) => questions.length)).toEqual([6, 20, 20, 8]);
    for (const { facts } of second?.groups ?? []) {
      expect(facts[0]).toMatch(
        /^At noon of 2[1-3] November 2026: Moon in Libra 12°04', Waxing Gibbous, 5th house$/,
      );
      expect(facts[1]).toMatch(
        /^Mars trine natal Venus, exact 2[1-3] Nov 2026, in orb .*5th house$/,
      );
      expect(facts[2]).toMatch(/^Venus enters Leo, 2[1-7] Nov 2026 12:00$/);
    }
  });

  it('opens with the half-year, then month, week and day that begin with it', () => {
    const titles = plan.steps.slice(0, 2).flatMap(({ groups }) => groups.map(({ title }) => title));
    expect(titles.filter((title, index) => title !== titles[index - 1]).slice(0, 5)).toEqual([
      'First half: 21 November 2026 – 20 May 2027',
      'Month 1: 21 November – 20 December 2026',
      'Week 1: 21–27 November 2026',
      'Saturday 21 November 2026',
      'Sunday 22 November 2026',
    ]);
  });

  it('words an area differently from one day to the next', () => {
    const career = plan.steps
      .flatMap(questionsOf)
      .filter(({ id }) => /^d00[1-4]-career$/.test(id))
      .map(({ text }) => text);
    expect(new Set(career).size).toBe(4);
  });

  it('tells the model where each area is in the chart', () => {
    for (const area of AREAS) expect(plan.system).toContain(`\n- ${area}: `);
  });

  it('has the same bytes when planned again', () => {
    expect(JSON.stringify(definition.plan(factsOf(subject), subject))).toBe(JSON.stringify(plan));
  });
});
