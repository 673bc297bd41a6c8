/** Ports of the workers' hot path: queue, model, renderer, blob store, mailer, wake-ups. */
import type { CallPlan, StepPlan } from '../call-plan.ts';
import type { ReportDocument } from '../document.ts';
import type { EmailKind } from '../email.ts';
import type { CallEnding } from '../model-call.ts';
import type { Order } from '../order.ts';
import type { AnswerLength, ModelSettings, ProductDefinition, QueueName } from '../product.ts';
import type { RefundReason } from '../refund.ts';
import type { Report } from '../report.ts';
import type { Section } from '../section.ts';

/** BullMQ's side. Jobs hold ids only, and losing every one of them loses nothing. */
export interface ReportQueue {
  /**
   * Adds jobs for an order's reports; with `bundle`, under a parent job that runs when all have settled.
   * First it nudges a worker to send the order's due letters.
   */
  add(orderId: string, reports: QueuedReport[], bundle: boolean): Promise<void>;
  /**
   * Ensures that this report has a live job: adds a missing one, replaces one that has ended, brings
   * forward one that would wait longer than `delayMs`.
   * @returns what was done
   */
  ensure(report: QueuedReport): Promise<'added' | 'replaced' | 'promoted' | 'present'>;
  /** Throws when Redis does not answer, or takes no writes. */
  ping(): Promise<void>;
  /** Each queue's. Throws when Redis does not answer: then nothing is known. */
  health(): Promise<Record<QueueName, QueueHealth>>;
  close(): Promise<void>;
}

export interface QueueHealth {
  /** by hand, in Bull Board; also when it is limited for all workers together */
  paused: boolean;
  /** connected now */
  workers: number;
}

export interface QueuedReport {
  reportId: string;
  orderId: string;
  queue: QueueName;
  /** until `notBefore`, milliseconds; 0: at once */
  delayMs: number;
}

/** Wakes those who watch an order. A lost message costs one poll interval, nothing else. */
export interface Signals {
  wake(orderId: string): void;
  /** @returns stops listening */
  listen(orderId: string, onWake: () => void): () => void;
  close(): Promise<void>;
}

/** Everything needed to ask a step, besides the step. */
export interface StepContext {
  report: Pick<Report, 'id' | 'orderId' | 'editions' | 'fence'>;
  plan: Pick<CallPlan, 'system' | 'person'>;
  caller: ProductDefinition['caller'];
  model: ModelSettings;
  answerLength: AnswerLength;
  callMs: number;
  /** digest of the previous step, where the plan has one */
  digest: string | null;
  /** fingerprints of the report's answers so far; new ones are added. Left out: none */
  said?: Set<number>;
  signal: AbortSignal;
  /** Saves the step's section, with the end of the call that completed it if this run sent one. */
  save(section: Section, last?: CallEnding): Promise<void>;
}

/**
 * Asks one step until every answer is there and valid, and saves its section. Each model call is
 * recorded before and after.
 * @throws TransientFault when the provider is away, NeedsOperator when a person must act,
 *   ContentFault when answers stayed missing or bad, StaleRun when the fence was lost
 */
export type AskStep = (step: StepPlan, context: StepContext) => Promise<void>;

/** Carries out a plan's missing steps, `width` at a time, and saves each as a section. */
export type RunSteps = (run: StepsRun) => Promise<void>;

export interface StepsRun {
  report: Report;
  definition: ProductDefinition;
  plan: CallPlan;
  signal: AbortSignal;
}

export interface RenderedPdf {
  file: string;
  pages: number;
  bytes: number;
  sha256: string;
}

/** Renders off the event loop, chunk by chunk, to `file`; a render that was cut short leaves nothing. */
export interface PdfRenderer {
  render(
    document: ReportDocument,
    file: string,
    options: { signal: AbortSignal; onPage?: (pages: number) => void },
  ): Promise<RenderedPdf>;
}

/** Private blobs under deterministic keys; writing the same key again replaces the blob. */
export interface BlobStore {
  /** Streams the file, then reads it back to check size and digest. @throws TransientFault */
  upload(
    file: string,
    key: string,
    options: { contentType: string; sha256: string; signal: AbortSignal },
  ): Promise<{ url: string; bytes: number }>;
  /** A URL that anyone may read until it expires. */
  signedUrl(key: string, expiresInMs: number): Promise<string>;
  /** Removes all blobs whose key starts with this. @returns how many */
  removeFolder(prefix: string): Promise<number>;
}

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** the row's key, which comes back in the provider's events */
  key: string;
}

export interface Mailer {
  /**
   * @returns the provider's id of the message
   * @throws TransientFault: certainly not sent with code `mail_deferred`, else it may have been;
   *   NeedsOperator: not sent, and with `mail_rejected` it never will be
   */
  send(letter: Letter): Promise<{ providerId: string | null }>;
}

/**
 * What a letter to the customer is about. URLs are complete, with their tokens. Nothing here but the address was typed
 * by a person, so that nobody can have us send a stranger their own words.
 */
export interface LetterData {
  order: Pick<Order, 'id' | 'email' | 'currency' | 'amountMinor'> & {
    cancelled: boolean;
    /** null: it has no grace, or that is over */
    graceEndsAt: string | null;
  };
  /** titles of everything ordered */
  titles: string[];
  /** delivered reports, each with its link */
  reports: { title: string; url: string; pages: number }[];
  /** titles of ordered reports that were not delivered */
  missing: string[];
  /** titles of ordered reports that are still being made */
  open: string[];
  /** only of a `refunded` letter: how much is refunded, and for which titles */
  refund: { amountMinor: number; reason: RefundReason; titles: string[] } | null;
  /** the order page */
  statusUrl: string;
}

/** Writes a letter of this kind, as text and HTML. */
export type ComposeLetter = (kind: EmailKind, key: string, data: LetterData) => Letter;

/** Writes an operator's letter. @param statusUrl where to look; null: no link */
export type ComposeAlert = (alert: {
  to: string;
  key: string;
  note: string;
  statusUrl: string | null;
}) => Letter;
