/** The caller that runs an agent of the OpenAI Agents SDK, with typed output. */
import { Agent, type Model, OpenAIProvider, RunContext, Runner } from '@openai/agents';
import type OpenAI from 'openai';
import { answerSchema } from './answers/answer-schema.ts';
import type { Caller, ModelReply } from './caller.ts';
import { readCompletion } from './read-completion.ts';
import { sampling } from './sampling.ts';

/** @param client with its own retries off */
export function createAgentCaller(client: OpenAI): Caller {
  return async (request) => {
    const provider = new OpenAIProvider({
      // a client of its own: the SDK has no way to name a header or a time limit per run
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
    // Traces go to OpenAI's own host whatever the base URL, and they hold the prompt.
    const runner = new Runner({ modelProvider: provider, tracingDisabled: true });
    const context = new RunContext();
    try {
      await runner.run(agent, request.user, { signal: request.signal, maxTurns: 1, context });
    } catch (error) {
      // Output that is refused, cut off or no JSON is an error to the SDK; to us it is a reply.
      if (!heard.reply && context.usage.outputTokens === 0) throw error;
    }
    return heard.reply ?? cutOffBeforeTheFirstWord(context);
  };
}

/** Keeps the reply as it came: the SDK throws it away when its output does not parse. */
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

/** The SDK throws at a reply of no text that ran out of tokens, but it has counted them. */
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
