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
   * First of all it prompts a worker to send the order's due letters.
   */
  add(orderId: string, reports: QueuedReport[], bundle: boolean): Promise<void>;
  /**
   * Sees to it that a live job stands for this report: adds one where there is none, replaces one
   * that has ended, brings one forward that would wait longer than `delayMs`.
   * @returns what was done
   */
  ensure(report: QueuedReport): Promise<'added' | 'replaced' | 'promoted' | 'present'>;
  /** Throws when Redis does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export interface QueuedReport {
  reportId: string;
  orderId: string;
  queue: QueueName;
  /** until `notBefore`, milliseconds; 0: at once */
  delayMs: number;
}

/** Wakes those who watch an order. Losing a message costs a poll interval, nothing else. */
export interface Signals {
  wake(orderId: string): void;
  /** @returns stops listening */
  listen(orderId: string, onWake: () => void): () => void;
  close(): Promise<void>;
}

/** What a step is asked in: everything but the step itself. */
export interface StepContext {
  report: Pick<Report, 'id' | 'orderId' | 'editions' | 'fence'>;
  plan: Pick<CallPlan, 'system' | 'person'>;
  caller: ProductDefinition['caller'];
  model: ModelSettings;
  answerLength: AnswerLength;
  callMs: number;
  /** digest of the step before, where the plan has one */
  digest: string | null;
  /** fingerprints of the answers that the report has; those taken are added. None when left out */
  said?: Set<number>;
  signal: AbortSignal;
  /** Saves the step's section, and with it the end of the call that completed it, if this run sent one. */
  save(section: Section, last?: CallEnding): Promise<void>;
}

/**
 * Asks one step until every answer is there and valid, each model call recorded before and after,
 * and saves its section.
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

/** Renders off the event loop, chunk by chunk, to `file`; nothing is left of a render that was cut short. */
export interface PdfRenderer {
  render(
    document: ReportDocument,
    file: string,
    options: { signal: AbortSignal; onPage?: (pages: number) => void },
  ): Promise<RenderedPdf>;
}

/** Private blobs under deterministic keys; writing the same key again replaces the blob. */
export interface BlobStore {
  /** Streams the file, and reads it back: what lies there has this size and digest. @throws TransientFault */
  upload(
    file: string,
    key: string,
    options: { contentType: string; sha256: string; signal: AbortSignal },
  ): Promise<{ url: string; bytes: number }>;
  /** A URL that anyone may read until it expires. */
  signedUrl(key: string, expiresInMs: number): Promise<string>;
  /** Removes all whose key begins so. @returns how many */
  removeFolder(prefix: string): Promise<number>;
}

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** the row's key: comes back in the provider's events */
  key: string;
}

export interface Mailer {
  /**
   * @returns the provider's id of the message
   * @throws TransientFault: with code `mail_deferred` it was certainly not sent, else it may have
   *   been; NeedsOperator: not sent, and `mail_rejected` never will be
   */
  send(letter: Letter): Promise<{ providerId: string | null }>;
}

/** What a letter to the customer is about. Addresses are whole URLs with their tokens. */
export interface LetterData {
  order: Pick<Order, 'id' | 'email' | 'subject' | 'currency' | 'amountMinor'>;
  /** of everything ordered */
  titles: string[];
  /** delivered reports, each with its link */
  reports: { title: string; url: string; pages: number }[];
  /** titles of ordered reports that were not delivered */
  missing: string[];
  /** titles of ordered reports that are still being made */
  open: string[];
  /** of a `refunded` letter: how much goes back, and for which titles */
  refund: { amountMinor: number; reason: RefundReason; titles: string[] } | null;
  /** the order page */
  statusUrl: string;
}

/** Writes the letter of a kind, text and HTML. */
export type ComposeLetter = (kind: EmailKind, key: string, data: LetterData) => Letter;

/** Writes an operator's letter. @param statusUrl where to look; null: nowhere */
export type ComposeAlert = (alert: {
  to: string;
  key: string;
  note: string;
  statusUrl: string | null;
}) => Letter;
