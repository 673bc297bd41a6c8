/**
 * What an operator does to a report by hand: one table. HTTP, OpenAPI, the command and docs/operations.md are
 * made from it. A new move is a row here, and its test.
 */
import { InvalidInput } from '../../domain/errors.ts';
import { editionOf, type Report, type ReportChange } from '../../domain/report.ts';
import { CLAIMABLE, type ReportState } from '../../domain/transitions.ts';
import type { Renewal } from './renew-version.ts';

/** Reason of a report that nothing but an operator's wish holds. */
export const HELD_BY_OPERATOR = 'operator';

export interface Move {
  /** what it does, in words for operators */
  summary: string;
  from: readonly ReportState[];
  /** `from` in words, for a refusal: "a failed report" */
  takes: string;
  /** what an operator must be allowed */
  scope: 'reports';
  /** takes `fromStep` as well as `why` */
  steps?: true;
  /** looks for a newer version of the product first, where the report's model is gone */
  renews?: true;
  /** once it is written, in this order; each safe to lose in a crash */
  follows: readonly Follow[];
  /** Pure. @throws InvalidInput for what was asked with it */
  plan(report: Report, asked: Asked): PlannedMove;
}

/**
 * `nudge`: its job comes to the front. `pay_back`: its share goes back. `keep_money`: a refund that is not on its
 * way yet is called off, else the move is a gift. `reopen_order`: the order settles once more.
 */
export type Follow = 'nudge' | 'pay_back' | 'keep_money' | 'reopen_order';

export interface Asked {
  now: Date;
  /** of a report whose time begins now */
  deadline: Date;
  /** 1 to the report's steps: these are asked again, those before are kept; null: all are kept */
  fromStep: number | null;
  renewal: Renewal | null;
}

export interface PlannedMove {
  /** left out: it stays in its state */
  to?: ReportState;
  change: ReportChange;
  /** for the audit, after the operator's why */
  detail?: string;
}

/** Faults so far count no more. */
const FRESH = { crashes: 0, snoozes: 0, notBefore: null, reason: null } as const;

export const MOVES = {
  hold: {
    summary: 'Stops a report: its run ends, and its deadline stands still, for 72 hours at most',
    from: CLAIMABLE,
    takes: 'an open report',
    scope: 'reports',
    follows: [],
    plan: () => ({ to: 'held', change: { reason: HELD_BY_OPERATOR } }),
  },
  release: {
    summary:
      'Lets a held report continue, with the time that it had left; one whose model is gone under the newest version',
    from: ['held'],
    takes: 'a held report',
    scope: 'reports',
    renews: true,
    follows: ['nudge'],
    plan: (report, { now, renewal }) => ({
      to: 'waiting',
      change: { ...FRESH, deadline: deadlineAfterHold(report, now), ...renewal?.change },
      detail: renewal?.detail,
    }),
  },
  retry: {
    summary: 'Tries a failed report again, from a step on or with all that it has',
    from: ['failed'],
    takes: 'a failed report',
    scope: 'reports',
    steps: true,
    follows: ['keep_money', 'reopen_order', 'nudge'],
    plan: (report, { deadline, fromStep }) => ({
      to: 'waiting',
      change: {
        ...FRESH,
        attempts: 0,
        runningMs: 0,
        settledAt: null,
        deadline: deadline.toISOString(),
        editions: editionsFrom(report, fromStep),
      },
      detail: fromStep === null ? undefined : `from step ${fromStep}`,
    }),
  },
  hasten: {
    summary: 'Tries a waiting report now instead of at its time',
    from: ['waiting'],
    takes: 'a waiting report',
    scope: 'reports',
    follows: ['nudge'],
    plan: () => ({ change: { notBefore: null } }),
  },
  cancel: {
    summary: 'Ends a report, also in mid-run, and pays its share back',
    from: [...CLAIMABLE, 'held'],
    takes: 'a report that has not ended',
    scope: 'reports',
    // its job finds it cancelled, and settles the order
    follows: ['pay_back', 'nudge'],
    plan: (_report, { now }) => ({
      to: 'cancelled',
      change: { reason: null, settledAt: now.toISOString() },
    }),
  },
} as const satisfies Record<string, Move>;

export type MoveName = keyof typeof MOVES;
export const MOVE_NAMES = Object.keys(MOVES) as MoveName[];

function deadlineAfterHold({ deadline, heldAt }: Report, now: Date): string {
  const heldMs = heldAt === null ? 0 : now.getTime() - Date.parse(heldAt);
  return new Date(Date.parse(deadline) + heldMs).toISOString();
}

function editionsFrom(report: Report, fromStep: number | null): Report['editions'] {
  if (fromStep === null) return report.editions;
  if (fromStep > report.steps) {
    const message = `must be from 1 to ${report.steps}, the number of the report's steps`;
    throw new InvalidInput([{ field: 'fromStep', message }]);
  }
  return [...report.editions, { edition: editionOf(report) + 1, fromStep }];
}
