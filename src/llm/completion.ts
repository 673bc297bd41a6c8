/** The caller that sends a chat completion with structured output. */
import type OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { answerSchema } from './answers/answer-schema.ts';
import type { Caller } from './caller.ts';
import { readCompletion } from './read-completion.ts';
import { sampling } from './sampling.ts';

const RESPONSE_FORMAT = zodResponseFormat(answerSchema, 'answers');

/** @param client with its own retries turned off: tries are counted and recorded elsewhere */
export function createCompletionCaller(client: OpenAI): Caller {
  return async (request) => {
    const body = await client.chat.completions.create(
      {
        model: request.model.name,
        messages: [
          { role: 'system', content: request.system },
          { role: 'user', content: request.user },
        ],
        response_format: RESPONSE_FORMAT,
        ...sampling(request.model),
        prompt_cache_key: request.cacheKey,
        store: false,
      },
      {
        signal: request.signal,
        timeout: request.timeoutMs,
        headers: { 'X-Client-Request-Id': request.id },
      },
    );
    return readCompletion(body);
  };
}
