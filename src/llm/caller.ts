/** One request to a model, through any SDK. Limits and breakers are callers around callers. */

import type { Served } from '../domain/model-call.ts';
import type { ModelSettings } from '../domain/product.ts';
import type { Usage } from '../domain/usage.ts';

export interface ModelRequest {
  /** id of its `model_calls` row; sent as X-Client-Request-Id */
  id: string;
  /** requests with the same key share a prefix: asks the provider's cache to keep them together */
  cacheKey: string;
  /** the agent's name, if the product has several voices */
  voice: string;
  system: string;
  user: string;
  /** characters of `user`, from its beginning, that the report's other steps share; 0: none */
  shared: number;
  model: ModelSettings;
  /** milliseconds from the request to the last byte of the answer */
  timeoutMs: number;
  signal: AbortSignal;
}

export interface ModelReply {
  finish: 'complete' | 'cut_off' | 'refused';
  /** as the model wrote it: complete JSON, part of it, or a refusal */
  text: string;
  /** null: the provider did not say */
  usage: Usage | null;
  /** what the provider says it was served by; null: it does not say */
  served: Served;
}

/**
 * Sends one request, once. Any answer that arrives is a reply, however bad. Anything else is thrown as
 * the SDK's own error, which `classify-fault.ts` reads.
 */
export type Caller = (request: ModelRequest) => Promise<ModelReply>;
