/** One request to a model, whichever SDK carries it. Limits and breakers are callers around callers. */
import type { ModelSettings } from '../domain/product.ts';
import type { Usage } from '../domain/usage.ts';

export interface ModelRequest {
  /** id of its `model_calls` row; travels as X-Client-Request-Id */
  id: string;
  /** requests with the same key share a prefix: the provider's cache is asked to keep them together */
  cacheKey: string;
  /** the agent's name, where the product has several voices */
  voice: string;
  system: string;
  user: string;
  model: ModelSettings;
  /** milliseconds, from the request to the last byte of the answer */
  timeoutMs: number;
  signal: AbortSignal;
}

export interface ModelReply {
  finish: 'complete' | 'cut_off' | 'refused';
  /** as the model wrote it: whole JSON, part of it, or a refusal */
  text: string;
  usage: Usage;
  /** in which it was served, where the provider says so */
  tier?: ModelSettings['serviceTier'];
}

/**
 * Sends one request, once. An answer that came is a reply, however bad; what did not come is an error:
 * the SDK's own, which `classify-fault.ts` reads.
 */
export type Caller = (request: ModelRequest) => Promise<ModelReply>;
