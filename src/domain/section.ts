/** A section: the stored result of one step; the checkpoint. Inserted once, never updated. */
import type { Answer } from './call-plan.ts';

export interface Usage {
  tokensIn: number;
  /** part of tokensIn that the provider had cached */
  tokensCached: number;
  tokensOut: number;
}

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
