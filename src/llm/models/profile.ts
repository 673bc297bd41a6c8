/** What a family of models takes, and until when it lives. */
import type { Effort, ServiceTier } from '../../domain/product.ts';

/** How soon a background call has to be answered. */
export type CompletionWindow = 'soonest' | '2h' | '8h';

export interface Profile {
  /** a model's name without the day of a snapshot */
  family: string;
  /** the field of a chat completion for the most tokens; the Responses API always takes `max_output_tokens` */
  mostTokensField: 'max_tokens' | 'max_completion_tokens';
  temperature: 'any' | 'at effort none' | 'none';
  /** from the cheapest on; empty: the family does not reason and takes no effort */
  efforts: readonly Effort[];
  /** takes a JSON schema that its answer must follow */
  structuredOutput: boolean;
  /**
   * `prefix`: what a prompt shares with earlier ones is cached by itself, and writing costs nothing extra.
   * `breakpoint`: cached up to marked places only, and writing is billed; we mark one, after the stable part.
   */
  cache: 'prefix' | 'breakpoint';
  tiers: readonly ServiceTier[];
  /** of background calls */
  windows: readonly CompletionWindow[];
  /** tokens of prompt and answer together */
  contextTokens: number;
  /** tokens of one answer */
  outputTokens: number;
  /** YYYY-MM-DD, the day on which the provider takes it away; null: none is known */
  lastDay: string | null;
}
