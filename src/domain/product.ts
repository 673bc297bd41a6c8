/** What a product is: a definition, all data and pure functions. One folder per product. */
import type { Subject } from './birth.ts';
import type { Answer, CallPlan } from './call-plan.ts';
import type { ReportDocument } from './document.ts';
import type { ReportFacts } from './sky.ts';

export const QUEUES = ['life-clarity', 'blueprint', 'personal-horoscope', 'bundle'] as const;
export type QueueName = (typeof QUEUES)[number];

/** @returns one value for each queue */
export function perQueue<T>(valueFor: (queue: QueueName) => T): Record<QueueName, T> {
  const entries = QUEUES.map((queue) => [queue, valueFor(queue)]);
  return Object.fromEntries(entries) as Record<QueueName, T>;
}

/** How much a model thinks before it writes, from the cheapest on. What it thinks is billed as output. */
export const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
export type Effort = (typeof EFFORTS)[number];

export type ServiceTier = 'default' | 'flex';

/** What a step is asked with. Which of it a model's family takes is in `src/llm/models/`; checked at start. */
export interface ModelSettings {
  name: string;
  /** tokens of one answer at most, with what the model thinks before it */
  maxTokens: number;
  /** left out: the family's own */
  temperature?: number;
  /** left out: the family's own */
  effort?: Effort;
  serviceTier: ServiceTier;
}

/** In characters. Prompts ask for the target; an answer outside `hard` is invalid. */
export interface AnswerLength {
  target: { min: number; max: number };
  hard: { min: number; max: number };
}

/** In milliseconds. Soft and hard limit the running time, added up over runs. */
export interface Limits {
  callMs: number;
  softMs: number;
  hardMs: number;
}

export interface ProductDefinition {
  id: string;
  /** grows with every change of questions, prompts or layout; frozen into the report when paid */
  version: number;
  title: string;
  /** one sentence for the catalogue */
  summary: string;
  queue: QueueName;
  price: Price;
  /** which SDK asks a step */
  caller: 'completion' | 'agent';
  model: ModelSettings;
  /** models that its own plan may be finished with if the provider ends `model`; the first that lives is taken */
  successors: readonly ModelSettings[];
  answerLength: AnswerLength;
  limits: Limits;
  /** from payment to delivery, as customers are told; milliseconds. Later is told, and fails nothing */
  promisedMs: number;
  /** how long its customer may still correct the order once it is paid; left out: short. See `timings` */
  grace?: 'short' | 'long';
  /** steps in flight at once; the pipeline is the same for 1, 4 or 5 */
  width: number;
  /** reports that one worker process carries out at once */
  concurrency: number;
  /** totals, for progress and for the check that a finished report is whole */
  steps: number;
  answers: number;
  /** pages of the PDF where the layout fixes them, else null */
  pages: number | null;
  /** computes the report's facts; pure; up to 2 s of CPU */
  gatherFacts(subject: Subject): ReportFacts;
  plan(facts: ReportFacts, subject: Subject): CallPlan;
  /** @param answers all of the report's answers, in the plan's order */
  document(facts: ReportFacts, subject: Subject, source: DocumentSource): ReportDocument;
}

export interface DocumentSource {
  /** ISO 8601; when the report was paid */
  createdAt: string;
  answers: AsyncIterable<Answer>;
}

export interface Price {
  /** ISO 4217, lower case as Stripe writes it */
  currency: string;
  /** minor units: cents */
  amountMinor: number;
}

/** A catalogue entry that expands into other products, with a price of its own. */
export interface Bundle {
  id: string;
  title: string;
  summary: string;
  price: Price;
  products: readonly string[];
}
