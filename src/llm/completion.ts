/** The caller that sends a chat completion with structured output. */
import type OpenAI from 'openai';
import { zodResponseFormat } from 'openai/helpers/zod';
import { answerSchema } from './answers/answer-schema.ts';
import type { Caller } from './caller.ts';
import { BREAKPOINT, knownProfile, markedParts, samplingOf } from './models/chat-request.ts';
import type { Likes } from './models/profile-of.ts';
import { readCompletion } from './read-completion.ts';

const RESPONSE_FORMAT = zodResponseFormat(answerSchema, 'answers');

/** @param client with its own retries turned off: tries are counted and recorded elsewhere */
export function createCompletionCaller(client: OpenAI, likes: Likes = {}): Caller {
  return async (request) => {
    const profile = knownProfile(request.model, likes);
    const parts = markedParts(request.user, request.shared, profile);
    const body = await client.chat.completions.create(
      {
        model: request.model.name,
        messages: [
          { role: 'system', content: request.system },
          {
            role: 'user',
            content: parts
              ? [
                  { type: 'text', text: parts.shared, prompt_cache_breakpoint: BREAKPOINT },
                  { type: 'text', text: parts.rest },
                ]
              : request.user,
          },
        ],
        response_format: RESPONSE_FORMAT,
        ...samplingOf(request.model, profile),
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
