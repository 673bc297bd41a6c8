import { expect, test } from 'vitest';
import { InvalidInput } from '../../../src/domain/errors.ts';
import { isSettled, REPORT_STATES, REPORT_TRANSITIONS } from '../../../src/domain/transitions.ts';
import { type Asked, MOVE_NAMES, MOVES, type Move } from '../../../src/orders/operators/moves.ts';
import { sampleReport } from '../../workers/sample.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const asked: Asked = { now, deadline: new Date(now.getTime() + 1), fromStep: null, renewal: null };

test.each(MOVE_NAMES)(
  '%s goes only where the states allow it, from every state that it names',
  (name) => {
    const move: Move = MOVES[name];
    expect(move.from.length).toBeGreaterThan(0);
    for (const state of move.from) {
      const { to = state } = move.plan(sampleReport('ord_1', { state }), asked);
      if (to !== state) expect(REPORT_TRANSITIONS[state]).toContain(to);
    }
  },
);

test('every open report can be held and cancelled, and a held one cancelled too', () => {
  const open = REPORT_STATES.filter((state) => !isSettled(state));
  expect([...MOVES.cancel.from].toSorted()).toEqual(open.toSorted());
  expect([...MOVES.hold.from, 'held'].toSorted()).toEqual(open.toSorted());
});

test('a released report gets back the time that it was held', () => {
  const report = sampleReport('ord_1', {
    state: 'held',
    heldAt: '2026-03-01T11:00:00.000Z',
    deadline: '2026-03-01T13:00:00.000Z',
  });
  const { change } = MOVES.release.plan(report, asked);
  expect(change).toMatchObject({ deadline: '2026-03-01T14:00:00.000Z', crashes: 0 });
});

test('a retry from a step opens an edition; a step that the report has not is refused', () => {
  const report = sampleReport('ord_1', { state: 'failed' });
  const planned = MOVES.retry.plan(report, { ...asked, fromStep: 4 });
  expect(planned.change.editions).toEqual([...report.editions, { edition: 2, fromStep: 4 }]);
  expect(planned.detail).toBe('from step 4');
  expect(MOVES.retry.plan(report, asked).change.editions).toEqual(report.editions);
  expect(() => MOVES.retry.plan(report, { ...asked, fromStep: 5 })).toThrow(InvalidInput);
});

test('a plan changes nothing of the report that it is given', () => {
  for (const name of MOVE_NAMES) {
    const move: Move = MOVES[name];
    const report = Object.freeze(sampleReport('ord_1', { state: move.from[0] }));
    const before = JSON.stringify(report);
    move.plan(report, { ...asked, fromStep: move.steps ? 1 : null });
    expect(JSON.stringify(report)).toBe(before);
  }
});
