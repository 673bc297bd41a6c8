/** Version 2 of the horoscope: version 1's questions and book, cut into two tiers and twelve lanes. */
import { describe, expect, it } from 'vitest';
import { questionsOf, type StepPlan } from '../../../src/domain/call-plan.ts';
import type { Period } from '../../../src/domain/sky.ts';
import { criticalPath, flawsOfNeeds } from '../../../src/domain/step-graph.ts';
import { personalHoroscopeV1 as v1 } from '../../../src/products/personal-horoscope/v1/definition.ts';
import { personalHoroscopeV2 as v2 } from '../../../src/products/personal-horoscope/v2/definition.ts';
import { answersTo, factsOf, partsOf, stored, subjectOf } from '../sample.ts';

const START_DATES = [
  '2026-11-21',
  '2027-12-31', // includes 29 February 2028
  '2028-02-29',
  '2026-01-31',
  '2026-03-31',
  '2027-03-01', // the year's last month is February
];

const periodIdOf = (id: string): string => id.slice(0, id.indexOf('-'));
const meet = (one: Period, other: Period) => one.first <= other.last && other.first <= one.last;

describe.each(START_DATES)('lanes of a year that begins on %s', (startDate) => {
  const subject = subjectOf({ startDate });
  const facts = factsOf(subject);
  const { steps } = v2.plan(facts, subject);
  const periods = new Map(facts.periods.map(({ period }) => [period.id, period]));
  const ofKind = (kind: Period['kind']) => [...periods.values()].filter((p) => p.kind === kind);
  const periodsIn = (step: StepPlan): Period[] =>
    [...new Set(questionsOf(step).map(({ id }) => periodIdOf(id)))].flatMap(
      (id) => periods.get(id) ?? [],
    );
  const [wide, days] = [steps.slice(0, 25), steps.slice(25)];
  const lanes = ofKind('month').map((month) =>
    days.filter((step) => periodsIn(step).some((day) => meet(day, month))),
  );

  it('ask version 1’s 8,620 questions, each once, in 161 steps of at most 57', () => {
    const asked = (all: readonly StepPlan[]) =>
      all.flatMap(questionsOf).map(({ id, text }) => `${id} ${text}`);
    expect(steps).toHaveLength(161);
    expect(asked(steps).toSorted()).toEqual(asked(v1.plan(facts, subject).steps).toSorted());
    expect(Math.max(...steps.map((step) => questionsOf(step).length))).toBeLessThanOrEqual(57);
  });

  it('ask what spans days first: 2 halves, 12 months and 52 weeks in 25 steps', () => {
    const ids = [...ofKind('half'), ...ofKind('month'), ...ofKind('week')].map(({ id }) => id);
    const asked = wide.flatMap(questionsOf).map(({ id }) => periodIdOf(id));
    expect(asked).toHaveLength(1_320);
    expect(asked.filter((id, index) => id !== asked[index - 1])).toEqual(ids);
  });

  it('ask 7,300 answers about days in twelve lanes of 11 or 12 steps, none across a month', () => {
    const lengths = lanes.map((lane) => lane.length);
    expect(lengths.toSorted()).toEqual([...Array(8).fill(11), ...Array(4).fill(12)]);
    expect(lanes.flat()).toEqual(days);
    expect(days.flatMap(questionsOf)).toHaveLength(7_300);
    const order = days.flatMap(questionsOf).map(({ id }) => id);
    expect(order.filter((_, at) => at % 20 === 0).map(periodIdOf)).toEqual(
      ofKind('day').map(({ id }) => id),
    );
  });

  it('make a day step need the one before it in its lane, and its half, month and weeks; no other lane', () => {
    for (const lane of lanes) {
      for (const [index, step] of lane.entries()) {
        const own = periodsIn(step);
        const longer = wide.filter((each) =>
          periodsIn(each).some((period) => own.some((day) => meet(day, period))),
        );
        const before = index === 0 ? [] : [lane[index - 1]?.step];
        expect(step.needs).toEqual([...longer.map((each) => each.step), ...before]);
      }
    }
  });

  it('make a week need its months and half, and a month its half', () => {
    for (const step of wide) {
      const own = periodsIn(step);
      const [first] = own;
      const longer = wide.filter((each) =>
        periodsIn(each).some(
          (period) => period.kind !== first?.kind && own.some((one) => meet(one, period)),
        ),
      );
      const above = longer.filter((each) => each.step < step.step).map((each) => each.step);
      expect(step.needs).toEqual(first?.kind === 'half' ? [] : above);
    }
  });

  it('have a critical path of 15 steps, where version 1 has 161', () => {
    expect(flawsOfNeeds(steps)).toEqual([]);
    expect(criticalPath(steps)).toBe(15);
    expect(criticalPath(v1.plan(facts, subject).steps)).toBe(161);
  });
});

describe('the horoscope’s second version', () => {
  const subject = subjectOf();
  const facts = factsOf(subject);
  const plan = v2.plan(facts, subject);
  const answers = answersTo(plan);
  const createdAt = '2026-11-21T08:00:00.000Z';

  it('prints the book that version 1 prints of the same answers', async () => {
    const old = answersTo(v1.plan(facts, subject));
    const bookOf = async (definition: typeof v1, given: typeof answers) => {
      const document = definition.document(facts, subject, { createdAt, answers: stored(given) });
      return [document.info, await partsOf(document)];
    };
    expect(await bookOf(v2, answers)).toEqual(await bookOf(v1, old));
  });

  it('reads the days’ answers only as their pages are drawn', async () => {
    let read = 0;
    const source = (async function* () {
      for (const answer of answers) {
        read += 1;
        yield answer;
      }
    })();
    const { parts } = v2.document(facts, subject, { createdAt, answers: source });
    let sheets = 0;
    for await (const { layout } of parts) {
      if (layout !== 'sheet') continue;
      sheets += 1;
      // what spans days, what is drawn so far, and one answer more
      expect(read).toBeLessThanOrEqual(1_320 + sheets * 5 + 20);
    }
    expect(read).toBe(8_620);
  });

  it.each([
    ['is missing', (all: typeof answers) => all.filter(({ id }) => id !== 'w03-rest')],
    ['of a day is missing', (all: typeof answers) => all.filter(({ id }) => id !== 'd200-rest')],
    ['is one too many', (all: typeof answers) => [...all, { id: 'd366-rest', text: 'More.' }]],
    ['has no period', (all: typeof answers) => [{ id: 'x1-rest', text: 'More.' }, ...all]],
  ])('refuses to print when an answer %s', async (_, change) => {
    const source = { createdAt, answers: stored(change([...answers])) };
    await expect(partsOf(v2.document(facts, subject, source))).rejects.toMatchObject({
      code: 'document',
    });
  });

  it('quotes the half, month and weeks of a step’s days, and the pages before it in its lane', () => {
    const step = plan.steps.find((each) => questionsOf(each).some(({ id }) => id === 'd012-rest'));
    if (!step) throw new Error('no step asks about day 12');
    const needed = plan.steps.filter((each) => step.needs.includes(each.step));
    const quoted = plan.digest?.(answersTo({ steps: needed }), step).split('\n') ?? [];
    expect(quoted.filter((line) => !line.includes(': What'))).toEqual([
      'First half: 21 November 2026 – 20 May 2027',
      'Month 1: 21 November – 20 December 2026',
      'Week 2: 28 November – 4 December 2026',
      'The pages just before',
    ]);
    expect(quoted).toHaveLength(4 + 4 * 20);
    expect(quoted).toContain('rest: What is said of w02-rest.');
  });

  it('quotes nothing for the halves, which need no other step', () => {
    expect(plan.steps[0]?.needs).toEqual([]);
  });
});
