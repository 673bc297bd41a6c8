/** The caller that runs an agent of the OpenAI Agents SDK, with typed output. */
import { Agent, OpenAIProvider, Runner } from '@openai/agents';
import type OpenAI from 'openai';
import { answerSchema } from './answers/answer-schema.ts';
import type { Caller, ModelReply } from './caller.ts';
import { brokenBody } from './classify-fault.ts';
import { readCompletion } from './read-completion.ts';
import { sampling } from './sampling.ts';

/** @param client with its own retries turned off */
export function createAgentCaller(client: OpenAI): Caller {
  return async (request) => {
    // a separate client: the SDK cannot set a header or a time limit per run
    const ownClient = client.withOptions({
      timeout: request.timeoutMs,
      defaultHeaders: { 'X-Client-Request-Id': request.id },
    });
    const heard = listen(ownClient);
    const provider = new OpenAIProvider({ openAIClient: ownClient, useResponses: false });
    const agent = new Agent({
      name: request.voice,
      instructions: request.system,
      outputType: answerSchema,
      model: request.model.name,
      modelSettings: {
        providerData: {
          ...sampling(request.model),
          prompt_cache_key: request.cacheKey,
          store: false,
        },
      },
    });
    // Traces would go to OpenAI's own host whatever the base URL, and they hold the prompt.
    const runner = new Runner({ modelProvider: provider, tracingDisabled: true });
    try {
      await runner.run(agent, request.user, { signal: request.signal, maxTurns: 1 });
    } catch (error) {
      // To the SDK, output that is refused, cut off or not JSON is an error. To us it is a reply.
      if (!heard.reply) throw heard.fault ?? error;
    }
    if (!heard.reply) throw brokenBody();
    return heard.reply;
  };
}

/**
 * Reads each body before the SDK does: the SDK throws a reply away when its output does not parse, and
 * breaks on a body that is no completion.
 */
function listen(client: OpenAI): { reply?: ModelReply; fault?: unknown } {
  const heard: { reply?: ModelReply; fault?: unknown } = {};
  const { completions } = client.chat;
  const create = completions.create.bind(completions);
  Object.assign(completions, {
    async create(...asked: Parameters<typeof create>) {
      const body = await create(...asked);
      try {
        heard.reply = readCompletion(body);
      } catch (fault) {
        heard.fault = fault;
        throw fault;
      }
      return body;
    },
  });
  return heard;
}
