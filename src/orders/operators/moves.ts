/**
 * What an operator can do to a report by hand: one table. HTTP, OpenAPI, the command and docs/operations.md are
 * made from it. A new move is a row here, and a test.
 */
import { InvalidInput } from '../../domain/errors.ts';
import {
  deadlineAfterHold,
  editionOf,
  FRESH,
  HELD_BY_OPERATOR,
  type Report,
  type ReportChange,
} from '../../domain/report.ts';
import { CLAIMABLE, type ReportState } from '../../domain/transitions.ts';
import type { Renewal } from './renew-version.ts';

export interface Move {
  /** what it does, in words for operators */
  summary: string;
  from: readonly ReportState[];
  /** `from` in words, for a refusal: "a failed report" */
  takes: string;
  /** the permission that it needs */
  scope: 'reports';
  /** takes `fromStep` as well as `why` */
  steps?: true;
  /** takes `gift` as well as `why`, and is refused without it while nobody pays for what it lets be written */
  gifts?: true;
  /** takes `customerAsked` as well as `why`, and is refused without it while the order is in its grace */
  begins?: true;
  /**
   * first looks for a living model, else for a newer version, if the report's model is gone. Takes `askAgain` as well
   * as `why`, and is refused without it if that version asks finished steps again
   */
  renews?: true;
  /** done after the move, in this order; each safe to lose in a crash */
  follows: readonly Follow[];
  /** Pure. @throws InvalidInput when what was asked does not fit the report */
  plan(report: Report, asked: Asked): PlannedMove;
}

/**
 * `nudge`: brings its job to the front. `pay_back`: refunds its share. `keep_money`: cancels its refund; if that is
 * already on its way, the move is a gift. `reopen_order`: the order settles again.
 */
export type Follow = 'nudge' | 'pay_back' | 'keep_money' | 'reopen_order';

export interface Asked {
  now: Date;
  /** for a report whose time starts now */
  deadline: Date;
  /** asked again from this step on, 1 to the number of steps; null: every section is kept */
  fromStep: number | null;
  renewal: Renewal | null;
}

export interface PlannedMove {
  /** left out: the state stays the same */
  to?: ReportState;
  change: ReportChange;
  /** for the audit, after the operator's why */
  detail?: string;
}

export const MOVES = {
  hold: {
    summary: 'Stops a report and its run, and pauses its deadline; after 72 hours it fails',
    from: CLAIMABLE,
    takes: 'an open report',
    scope: 'reports',
    follows: [],
    plan: () => ({ to: 'held', change: { reason: HELD_BY_OPERATOR } }),
  },
  release: {
    summary:
      'Lets a held report continue with the time that it had left; if its model is gone, with a successor, else under the newest version',
    from: ['held'],
    takes: 'a held report',
    scope: 'reports',
    gifts: true,
    begins: true,
    renews: true,
    follows: ['nudge'],
    plan: (report, { now, renewal }) => ({
      to: 'waiting',
      change: { ...FRESH, deadline: deadlineAfterHold(report, now), ...renewal?.change },
      detail: renewal?.detail,
    }),
  },
  retry: {
    summary: 'Tries a failed report again; keeps what it has, or only the steps before a given one',
    from: ['failed'],
    takes: 'a failed report',
    scope: 'reports',
    gifts: true,
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
    summary: 'Tries a waiting report now instead of when it is due',
    from: ['waiting'],
    takes: 'a waiting report',
    scope: 'reports',
    begins: true,
    follows: ['nudge'],
    plan: () => ({ change: { notBefore: null } }),
  },
  cancel: {
    summary: 'Ends a report, even during a run, and refunds its share',
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

function editionsFrom(report: Report, fromStep: number | null): Report['editions'] {
  if (fromStep === null) return report.editions;
  if (fromStep > report.steps) {
    const message = `must be from 1 to ${report.steps}, the number of the report's steps`;
    throw new InvalidInput([{ field: 'fromStep', message }]);
  }
  return [...report.editions, { edition: editionOf(report) + 1, fromStep }];
}
