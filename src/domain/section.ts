/** A section: the stored result of one step; the checkpoint. Inserted once, never updated. */
import type { Answer } from './call-plan.ts';
import type { CallEnding } from './model-call.ts';
import type { Report } from './report.ts';
import type { Usage } from './usage.ts';

export interface Section extends Usage {
  reportId: string;
  orderId: string;
  edition: number;
  step: number;
  answers: Answer[];
  model: string;
  /** model calls made for it */
  calls: number;
  /** millionths of a dollar */
  costMicros: number;
  completedAt: string;
}

export interface SectionStore {
  /**
   * First writer wins. Nothing of an erased order is kept.
   * @param last the call that completed it, to be closed in the same write where the database has
   *   transactions, else right after it; its raw answer is not kept, because the section holds it
   * @returns the stored section, and whether it is this one
   */
  insert(section: Section, last?: CallEnding): Promise<{ inserted: boolean; section: Section }>;
  find(reportId: string, edition: number, step: number): Promise<Section | null>;
  /** Numbers of the steps that have a section, seen through the report's editions. */
  steps(report: Pick<Report, 'id' | 'editions'>): Promise<number[]>;
  /** All sections in step order, seen through the report's editions; streamed. */
  read(report: Pick<Report, 'id' | 'editions'>): AsyncIterable<Section>;
}
