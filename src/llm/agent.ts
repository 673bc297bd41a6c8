/** The caller that runs an agent of the OpenAI Agents SDK, with typed output. */
import { Agent, type Model, OpenAIProvider, RunContext, Runner } from '@openai/agents';
import type OpenAI from 'openai';
import { answerSchema } from './answers/answer-schema.ts';
import type { Caller, ModelReply } from './caller.ts';
import { readCompletion } from './read-completion.ts';
import { sampling } from './sampling.ts';

/** @param client with its own retries turned off */
export function createAgentCaller(client: OpenAI): Caller {
  return async (request) => {
    const provider = new OpenAIProvider({
      // a separate client: the SDK cannot set a header or a time limit per run
      openAIClient: client.withOptions({
        timeout: request.timeoutMs,
        defaultHeaders: { 'X-Client-Request-Id': request.id },
      }),
      useResponses: false,
    });
    const heard: { reply?: ModelReply } = {};
    const agent = new Agent({
      name: request.voice,
      instructions: request.system,
      outputType: answerSchema,
      model: listen(await provider.getModel(request.model.name), heard),
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
    const context = new RunContext();
    try {
      await runner.run(agent, request.user, { signal: request.signal, maxTurns: 1, context });
    } catch (error) {
      // To the SDK, output that is refused, cut off or not JSON is an error. To us it is a reply.
      if (!heard.reply && context.usage.outputTokens === 0) throw error;
    }
    return heard.reply ?? cutOffBeforeTheFirstWord(context);
  };
}

/** Keeps the raw reply: the SDK throws it away when its output does not parse. */
function listen(model: Model, heard: { reply?: ModelReply }): Model {
  return {
    async getResponse(request) {
      const response = await model.getResponse(request);
      heard.reply = readCompletion(response.providerData);
      return response;
    },
    getStreamedResponse: (request) => model.getStreamedResponse(request),
  };
}

/** When a reply runs out of tokens before any text, the SDK throws, but it has counted the tokens. */
function cutOffBeforeTheFirstWord({ usage }: RunContext): ModelReply {
  return {
    finish: 'cut_off',
    text: '',
    usage: {
      tokensIn: usage.inputTokens,
      tokensCached: usage.inputTokensDetails[0]?.cached_tokens ?? 0,
      tokensOut: usage.outputTokens,
    },
  };
}
