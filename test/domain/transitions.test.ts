import { expect, test } from 'vitest';
import { editionOfStep } from '../../src/domain/report.ts';
import {
  CLAIMABLE,
  isSettled,
  ORDER_TRANSITIONS,
  orderStatesBefore,
  REPORT_STATES,
  REPORT_TRANSITIONS,
  type ReportState,
} from '../../src/domain/transitions.ts';

const statesBefore = (to: ReportState) =>
  REPORT_STATES.filter((from) => REPORT_TRANSITIONS[from].includes(to));

test('a report is delivered only by the run that was delivering it', () => {
  expect(statesBefore('delivered')).toEqual(['delivering']);
});

test('every open state can be failed, cancelled or held, and no settled one can', () => {
  for (const state of REPORT_STATES) {
    const open = !isSettled(state) && state !== 'held';
    for (const end of ['failed', 'cancelled', 'held'] as const) {
      if (open) expect(REPORT_TRANSITIONS[state]).toContain(end);
    }
    if (isSettled(state) && state !== 'failed') expect(REPORT_TRANSITIONS[state]).toEqual([]);
  }
});

test('a report can be claimed when it waits, and in every state that a dead run can leave', () => {
  expect(statesBefore('generating').toSorted()).toEqual([...CLAIMABLE].toSorted());
});

test('only an unpaid order can be paid, and money never flows back through the states', () => {
  expect(orderStatesBefore('paid')).toEqual(['awaiting_payment']);
  expect(ORDER_TRANSITIONS.fulfilled).toEqual([]);
});

test('a step is read from the newest edition that covers it', () => {
  const editions = [
    { edition: 1, fromStep: 1 },
    { edition: 2, fromStep: 120 },
    { edition: 3, fromStep: 40 },
  ];
  const of = (step: number) => editionOfStep({ editions }, step);
  expect([of(1), of(39), of(40), of(161)]).toEqual([1, 1, 3, 3]);
});
