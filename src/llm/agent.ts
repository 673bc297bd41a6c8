/** The caller that runs an agent of the OpenAI Agents SDK, with typed output. */
import { Agent, type AgentInputItem, OpenAIProvider, Runner } from '@openai/agents';
import type OpenAI from 'openai';
import { answerSchema } from './answers/answer-schema.ts';
import type { Caller, ModelReply, ModelRequest } from './caller.ts';
import { brokenBody } from './classify-fault.ts';
import { BREAKPOINT, knownProfile, markedParts, samplingOf } from './models/chat-request.ts';
import type { Profile } from './models/profile.ts';
import type { Likes } from './models/profile-of.ts';
import { readCompletion } from './read-completion.ts';

/** @param client with its own retries turned off */
export function createAgentCaller(client: OpenAI, likes: Likes = {}): Caller {
  return async (request) => {
    const profile = knownProfile(request.model, likes);
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
          ...samplingOf(request.model, profile),
          prompt_cache_key: request.cacheKey,
          store: false,
        },
      },
    });
    // Traces would go to OpenAI's own host whatever the base URL, and they hold the prompt.
    const runner = new Runner({ modelProvider: provider, tracingDisabled: true });
    try {
      await runner.run(agent, inputOf(request, profile), { signal: request.signal, maxTurns: 1 });
    } catch (error) {
      // To the SDK, output that is refused, cut off or not JSON is an error. To us it is a reply.
      if (!heard.reply) throw heard.fault ?? error;
    }
    if (!heard.reply) throw brokenBody();
    return heard.reply;
  };
}

function inputOf({ user, shared }: ModelRequest, profile: Profile): string | AgentInputItem[] {
  const parts = markedParts(user, shared, profile);
  if (parts === null) return user;
  return [
    {
      role: 'user',
      content: [
        { type: 'input_text', text: parts.shared, promptCacheBreakpoint: BREAKPOINT },
        { type: 'input_text', text: parts.rest },
      ],
    },
  ];
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
