/** A report's facts: its chart and periods, computed once. */
import type { ReportFacts } from './sky.ts';

export interface StoredFacts {
  reportId: string;
  orderId: string;
  facts: ReportFacts;
}

export interface FactsStore {
  /** First writer wins. @returns the facts that are stored */
  insert(reportId: string, orderId: string, facts: ReportFacts): Promise<ReportFacts>;
  find(reportId: string): Promise<ReportFacts | null>;
  remove(reportId: string): Promise<void>;
}
