/**
 * OpenAI's stand-in on aimock. Chat completions are mounted, because aimock cannot count cached tokens,
 * refuse, stall, or leave out Retry-After, and its factories see no headers.
 * The Responses API is aimock's own, with our text.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { LLMock } from '@copilotkit/aimock';
import { answerControl } from '../wire/control.ts';
import { createFaults } from '../wire/faults.ts';
import { createJournal } from '../wire/journal.ts';
import { isObject, RequestFault, sendJson } from '../wire/messages.ts';
import { WIRE_KINDS } from '../wire/misbehave.ts';
import { answer, type Handler, type Listening } from '../wire/server.ts';
import { BODY_KINDS, type ChatEntry, createChat } from './chat.ts';
import { complete } from './complete.ts';
import { ERROR_KINDS, providerError } from './errors.ts';
import { CONTENT_KINDS } from './misanswers.ts';
import { readPrompt } from './prompt.ts';
import { createPromptCache } from './usage.ts';

export interface OpenaiOptions {
  host: string;
  port: number;
  /** mean time of an answer, milliseconds; 0: no wait */
  latencyMs: number;
  seed: number;
}

export const MODELS = [
  'gpt-4o',
  'gpt-4o-mini',
  'gpt-5.5',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
] as const;
const MODELS_CREATED = 1_715_367_049;

export async function startOpenai(options: OpenaiOptions): Promise<Listening> {
  const faults = createFaults(
    [...ERROR_KINDS, ...WIRE_KINDS, ...BODY_KINDS, ...CONTENT_KINDS],
    options.seed,
  );
  const journal = createJournal<ChatEntry>();
  const cache = createPromptCache();
  const chat = createChat({ faults, journal, cache, latencyMs: options.latencyMs, models: MODELS });
  const open = new Set<ServerResponse>();

  const models: Handler = (request, response, url) => {
    const asked = decodeURIComponent(url.pathname.slice('/v1/models/'.length));
    const fault = faults.meet(`${request.method} ${url.pathname}`, ['401', '404_model']);
    if (fault?.kind === '401' || !isKey(request)) throw refused('401', asked);
    if (asked === '') return sendJson(response, 200, { object: 'list', data: MODELS.map(model) });
    if (fault !== null || !MODELS.some((name) => name === asked)) throw refused('404_model', asked);
    sendJson(response, 200, model(asked));
  };

  const mount = (handler: Handler) => ({
    async handleRequest(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
      open.add(response);
      response.once('close', () => open.delete(response));
      await answer(handler, request, response);
      return true;
    },
  });

  const mock = new LLMock({ host: options.host, port: options.port, logLevel: 'silent' })
    .mount(
      '/v1/chat/completions',
      mount(async (request, response, url) => {
        if (!isKey(request)) throw refused('401', '');
        await chat(request, response, url);
      }),
    )
    .mount('/v1/models', mount(models))
    .mount(
      '/_sandbox',
      mount(async (request, response, url) => {
        if (!(await answerControl({ faults, journal }, request, response, url))) {
          sendJson(response, 404, { error: 'no such sandbox route' });
        }
      }),
    )
    .on({}, (request) => {
      const { content, promptTokens, completionTokens } = complete(
        readPrompt(isObject(request) ? request : {}),
        cache,
        null,
      );
      const usage = { input_tokens: promptTokens, output_tokens: completionTokens };
      return { content: content ?? '', usage };
    });
  await mock.start();

  return {
    url: mock.url,
    async close() {
      const stopped = mock.stop();
      for (const response of open) response.destroy();
      await stopped;
    },
  };
}

function isKey(request: IncomingMessage): boolean {
  return /^Bearer sk-\S+/.test(request.headers.authorization ?? '');
}

function refused(kind: '401' | '404_model', name: string): RequestFault {
  const { status, body } = providerError(kind, name);
  return new RequestFault(status, body);
}

function model(id: string) {
  return { id, object: 'model', created: MODELS_CREATED, owned_by: 'sandbox' };
}
