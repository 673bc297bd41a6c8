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
import { isObject, parseObject, RequestFault, readText, sendJson } from '../wire/messages.ts';
import { WIRE_KINDS } from '../wire/misbehave.ts';
import { answer, type Handler, type Listening } from '../wire/server.ts';
import { BODY_KINDS, type ChatEntry, createChat } from './chat.ts';
import { complete } from './complete.ts';
import { ERROR_KINDS, providerError } from './errors.ts';
import { FAMILIES, familyNamed, findFamily } from './families.ts';
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

/** Snapshots are there too: `gpt-4o-2024-08-06`. */
const MODELS = Object.keys(FAMILIES);
const MODELS_CREATED = 1_715_367_049;

export async function startOpenai(options: OpenaiOptions): Promise<Listening> {
  const faults = createFaults(
    [...ERROR_KINDS, ...WIRE_KINDS, ...BODY_KINDS, ...CONTENT_KINDS],
    options.seed,
  );
  const journal = createJournal<ChatEntry>();
  const cache = createPromptCache();
  const chat = createChat({
    faults,
    journal,
    cache,
    latencyMs: options.latencyMs,
    familyOf: findFamily,
  });
  const open = new Set<ServerResponse>();
  /** announced while it runs, beside those of the table */
  const shutdowns = new Map<string, string | null>();

  const models: Handler = (request, response, url) => {
    const asked = decodeURIComponent(url.pathname.slice('/v1/models/'.length));
    const fault = faults.meet(`${request.method} ${url.pathname}`, ['401', '404_model']);
    if (fault?.kind === '401' || !isKey(request)) throw refused('401', asked);
    const told = (id: string) =>
      model(
        id,
        shutdowns.has(id) ? (shutdowns.get(id) ?? null) : (findFamily(id)?.shutdown ?? null),
      );
    if (asked === '') return sendJson(response, 200, { object: 'list', data: MODELS.map(told) });
    if (fault !== null || findFamily(asked) === null) throw refused('404_model', asked);
    sendJson(response, 200, told(asked));
  };

  /** `POST /_sandbox/models` with `{id, shutdownDate}`: the provider announces another last day. */
  const announce: Handler = async (request, response) => {
    const { id, shutdownDate } = parseObject(await readText(request));
    const isDay = shutdownDate === null || /^\d{4}-\d{2}-\d{2}$/.test(String(shutdownDate));
    if (typeof id !== 'string' || !isDay) {
      throw new RequestFault(400, { error: 'send {"id": "gpt-4o", "shutdownDate": "2027-01-14"}' });
    }
    shutdowns.set(id, shutdownDate === null ? null : String(shutdownDate));
    sendJson(response, 200, { id, shutdownDate });
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
        if (request.method === 'POST' && url.pathname === '/_sandbox/models') {
          return announce(request, response, url);
        }
        if (!(await answerControl({ faults, journal }, request, response, url))) {
          sendJson(response, 404, { error: 'no such sandbox route' });
        }
      }),
    )
    .on({}, (request) => {
      const prompt = readPrompt(isObject(request) ? request : {});
      const family = findFamily(prompt.model) ?? familyNamed('gpt-4o');
      const { content, promptTokens, completionTokens } = complete(prompt, cache, null, family);
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

function model(id: string, shutdown: string | null) {
  const told = { id, object: 'model', created: MODELS_CREATED, owned_by: 'sandbox' };
  return { ...told, shutdown_date: shutdown };
}
