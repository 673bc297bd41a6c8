/** A report: one product of one order; the unit of queue work. */
import { reportIdOf } from './ids.ts';
import type { ProductDefinition, QueueName } from './product.ts';
import type { ReportState } from './transitions.ts';

/** Edition n reads the steps before its `fromStep` from the previous edition. */
export interface Edition {
  edition: number;
  fromStep: number;
}

export interface StoredPdf {
  edition: number;
  /** deterministic: see `pdfKeyOf` */
  key: string;
  /** where the blob store keeps it (private: needs a signed link) */
  url: string;
  pages: number;
  bytes: number;
  sha256: string;
}

export type FailureReason = 'attempts' | 'time_limit' | 'provider' | 'held';

export interface Report {
  id: string;
  orderId: string;
  productId: string;
  /** frozen when paid: a deploy in mid-report never mixes prompts */
  version: number;
  model: string;
  /** the model that its missing steps are asked with since the provider ended `model`; left out or null: none */
  successor?: string | null;
  queue: QueueName;
  state: ReportState;
  reason: string | null;
  steps: number;
  answers: number;
  editions: Edition[];
  /** number of the run that may write; only grows */
  fence: number;
  /** runs that ended in a fault of ours or of the content */
  attempts: number;
  /** crashes since the last section was saved */
  crashes: number;
  /** provider faults since the last section was saved: the snooze's exponent */
  snoozes: number;
  /** not to be claimed before this time */
  notBefore: string | null;
  /** delivery deadline while waiting */
  deadline: string;
  /** running time of ended runs, milliseconds; the open run began at `runStartedAt` */
  runningMs: number;
  runStartedAt: string | null;
  /** since when it is held; the deadline is paused meanwhile */
  heldAt: string | null;
  pdf: StoredPdf | null;
  /** pages drawn so far of the PDF being rendered; set once the first render begins */
  pagesDrawn?: number;
  createdAt: string;
  /** the end of its order's grace: promised times count from then. Left out: from `createdAt` */
  promisedFrom?: string;
  settledAt: string | null;
  /**
   * when it last came nearer to its end: first claimed, a section or its PDF stored, released or retried.
   * A further claim or snooze is none. Not there before that, and in rows of old releases
   */
  progressAt?: string;
}

/** A report that waits for its first run. Version and model are frozen here. */
export function newReport(
  orderId: string,
  definition: Pick<ProductDefinition, 'id' | 'version' | 'model' | 'queue' | 'steps' | 'answers'>,
  times: { now: Date; deadline: Date; notBefore?: Date | null },
): Report {
  const { id: productId, version, model, queue, steps, answers } = definition;
  return {
    id: reportIdOf(orderId, productId),
    orderId,
    productId,
    version,
    model: model.name,
    queue,
    state: 'waiting',
    reason: null,
    steps,
    answers,
    editions: [{ edition: 1, fromStep: 1 }],
    fence: 0,
    attempts: 0,
    crashes: 0,
    snoozes: 0,
    notBefore: times.notBefore?.toISOString() ?? null,
    deadline: times.deadline.toISOString(),
    runningMs: 0,
    runStartedAt: null,
    heldAt: null,
    pdf: null,
    createdAt: times.now.toISOString(),
    ...(times.notBefore && { promisedFrom: times.notBefore.toISOString() }),
    settledAt: null,
  };
}

/** What a report that goes back to waiting forgets: faults so far count no more. */
export const FRESH = { crashes: 0, snoozes: 0, notBefore: null, reason: null } as const;

/** Reason of a report that is held only because an operator wants it. */
export const HELD_BY_OPERATOR = 'operator';

/** Reason of a report that is held because the provider no longer has its model. */
export const MODEL_GONE = 'openai_model';

/** Reason of a report whose payment the customer's bank claims back. */
export const DISPUTED = 'disputed';

/** @returns the deadline of a held report that continues now, with the time that it had left; ISO 8601 */
export function deadlineAfterHold(
  { deadline, heldAt }: Pick<Report, 'deadline' | 'heldAt'>,
  now: Date,
): string {
  const heldMs = heldAt === null ? 0 : now.getTime() - Date.parse(heldAt);
  return new Date(Date.parse(deadline) + heldMs).toISOString();
}

/** @returns the newest edition's number */
export function editionOf(report: Pick<Report, 'editions'>): number {
  return report.editions.at(-1)?.edition ?? 1;
}

/** @returns the edition whose section holds this step: the newest one that covers it */
export function editionOfStep(report: Pick<Report, 'editions'>, step: number): number {
  return report.editions.findLast((each) => each.fromStep <= step)?.edition ?? 1;
}

/**
 * The blob store names a download after the last part of its key, and only after that.
 * @param title of the product @param paidAt ISO 8601
 */
export function pdfKeyOf(
  report: Pick<Report, 'id' | 'editions'>,
  title: string,
  paidAt: string,
): string {
  const name = `Almanac - ${title.replaceAll('/', '-')} - ${paidAt.slice(0, 10)}.pdf`;
  return `${report.id}/e${editionOf(report)}/${name}`;
}

export interface ReportStore {
  /** Inserts those that do not exist yet; leaves the others as they are. */
  upsert(reports: Report[]): Promise<void>;
  find(id: string): Promise<Report | null>;
  ofOrder(orderId: string): Promise<Report[]>;
  /**
   * Begins a run: state `generating`, fence + 1, `runStartedAt` now; an open run that died before
   * counts as a crash. Only from a claimable state, and not before `notBefore`.
   * @returns the claimed report, or null when it may not be claimed or another claim was faster
   */
  claim(id: string, now: Date): Promise<Report | null>;
  /**
   * Moves a report that this run still holds, and maintains `heldAt` and `runStartedAt`. Only the run
   * knows how much of its time counts: it sets `runningMs` with the move that ends it.
   * @returns the report after the move, or null when state or fence no longer match
   */
  move(
    id: string,
    fence: number,
    to: ReportState,
    now: Date,
    change?: ReportChange,
  ): Promise<Report | null>;
  /** Sets fields of a report that this run still holds; null when the fence no longer matches. */
  change(id: string, fence: number, change: ReportChange): Promise<Report | null>;
  /** Reports in one of the states, oldest first. @param most no more than this */
  inStates(states: readonly ReportState[], most?: number): AsyncIterable<Report>;
}

export type ReportChange = Partial<
  Pick<
    Report,
    | 'version'
    | 'model'
    | 'successor'
    | 'steps'
    | 'answers'
    | 'reason'
    | 'attempts'
    | 'crashes'
    | 'snoozes'
    | 'notBefore'
    | 'promisedFrom'
    | 'deadline'
    | 'runningMs'
    | 'pdf'
    | 'pagesDrawn'
    | 'progressAt'
    | 'settledAt'
    | 'editions'
  >
>;
