/** `POST /v1/chat/completions`: journals the request, applies its fault, and answers after the latency. */
import type { ServerResponse } from 'node:http';
import type { Fault, Faults } from '../wire/faults.ts';
import type { Journal } from '../wire/journal.ts';
import { header, parseObject, RequestFault, readText, sendJson } from '../wire/messages.ts';
import { delay, hangUp, slowness, stall, type WIRE_KINDS } from '../wire/misbehave.ts';
import type { Handler } from '../wire/server.ts';
import { type Completion, complete } from './complete.ts';
import { ERROR_KINDS, providerError } from './errors.ts';
import type { Family } from './families.ts';
import { answerTime } from './latency.ts';
import type { CONTENT_KINDS } from './misanswers.ts';
import { readPrompt } from './prompt.ts';
import { refusalOf } from './refusals.ts';
import type { PromptCache } from './usage.ts';

export type OpenaiKind =
  | (typeof ERROR_KINDS)[number]
  | (typeof WIRE_KINDS)[number]
  | (typeof CONTENT_KINDS)[number]
  | (typeof BODY_KINDS)[number];

/** What is wrong with the body of a 200 around its answer. The last two are good answers. */
export const BODY_KINDS = [
  'broken_body',
  'empty_body',
  'null_body',
  'null_message',
  'finish_error',
  'missing_usage',
  'null_usage',
] as const;

/** One request, as the stand-in saw it. */
export interface ChatEntry {
  /** X-Client-Request-Id */
  requestId: string | null;
  model: string;
  /** ids of the answers asked for */
  asked: string[];
  /** billed tokens; 0 when nothing was generated */
  promptTokens: number;
  cachedTokens: number;
  writtenTokens: number;
  completionTokens: number;
  /** part of the completion's */
  reasoningTokens: number;
  /** `open` while it runs; then `answered`, `client_gone`, the name of its fault, or `refused <param>` */
  outcome: string;
  /** of the answer; null while open, and when none was sent */
  status: number | null;
  /** milliseconds from request to end */
  ms: number | null;
}

interface ChatDeps {
  faults: Faults<OpenaiKind>;
  journal: Journal<ChatEntry>;
  cache: PromptCache;
  latencyMs: number;
  familyOf(model: string): Family | null;
}

export function createChat({ faults, journal, cache, latencyMs, familyOf }: ChatDeps): Handler {
  return async (request, response, url) => {
    const began = performance.now();
    const raw = await readText(request);
    const body = parseObject(raw);
    if (body.stream === true) {
      throw new RequestFault(400, {
        error: {
          message: 'The sandbox does not stream.',
          type: 'invalid_request_error',
          param: 'stream',
        },
      });
    }
    const prompt = readPrompt(body);
    const entry = journal.add({
      requestId: header(request, 'x-client-request-id'),
      model: prompt.model,
      asked: prompt.groups.flatMap((group) => group.questions.map((question) => question.id)),
      promptTokens: 0,
      cachedTokens: 0,
      writtenTokens: 0,
      completionTokens: 0,
      reasoningTokens: 0,
      outcome: 'open',
      status: null,
      ms: null,
    });
    const end = (outcome: string, status: number | null): void => {
      Object.assign(entry, { outcome, status, ms: Math.round(performance.now() - began) });
    };

    const met = faults.meet(`${request.method} ${url.pathname}\n${raw}`);
    const family = familyOf(prompt.model);
    const error = ERROR_KINDS.find((kind) => kind === met?.kind);
    if (error !== undefined || family === null) {
      const kind = error ?? '404_model';
      const { status, body: told, headers } = providerError(kind, prompt.model);
      end(kind, status);
      if (typeof told === 'string') return sendHtml(response, status, told);
      return sendJson(response, status, told, { ...headers, ...retryAfter(met) });
    }
    if (met?.kind === 'dropped_connection') {
      end(met.kind, null);
      return hangUp(response);
    }

    const refusal = refusalOf(body, family);
    if (refusal !== null) {
      end(`refused ${refusal.body.error.param}`, refusal.status);
      return sendJson(response, refusal.status, refusal.body);
    }

    const completion = complete(prompt, cache, met, family);
    // generated means billed, even if nobody waits for it any more
    const { promptTokens, cachedTokens, writtenTokens } = completion;
    const { completionTokens, reasoningTokens } = completion;
    Object.assign(entry, { promptTokens, cachedTokens, writtenTokens });
    Object.assign(entry, { completionTokens, reasoningTokens });
    const wait = met?.kind === 'slow' ? slowness(met) : answerTime(latencyMs, raw);
    if (!(await delay(response, wait))) return end('client_gone', null);

    if (met?.kind === 'stalled_body') {
      end(met.kind, 200);
      return stall(response);
    }
    if (met?.kind === 'lost_answer') {
      end(met.kind, null);
      return hangUp(response);
    }
    end(met?.kind ?? 'answered', 200);
    const tier = body.service_tier === 'flex' ? 'flex' : 'default';
    const told = chatCompletion(`chatcmpl-sandbox-${entry.n}`, prompt.model, completion, tier);
    if (met?.kind === 'broken_body') {
      const whole = JSON.stringify(told);
      return sendText(response, whole.slice(0, Math.floor(whole.length / 2)));
    }
    if (met?.kind === 'empty_body') return sendText(response, '');
    sendJson(response, 200, misshapen(told, met));
  };
}

function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

function sendHtml(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, { 'content-type': 'text/html' }).end(page);
}

function misshapen(told: ReturnType<typeof chatCompletion>, fault: Fault | null): unknown {
  const choices = (change: object) => told.choices.map((choice) => ({ ...choice, ...change }));
  switch (fault?.kind) {
    case 'null_body':
      return null;
    case 'null_message':
      return { ...told, choices: choices({ message: null }) };
    case 'finish_error':
      return { ...told, choices: choices({ finish_reason: 'error' }) };
    case 'missing_usage':
      return { ...told, usage: undefined };
    case 'null_usage':
      return { ...told, usage: { prompt_tokens: null, completion_tokens: null } };
    default:
      return told;
  }
}

function retryAfter(fault: Fault | null): Record<string, string> {
  if (fault === null || fault.retryAfter === null) return {};
  return { 'retry-after': String(fault.retryAfter) };
}

function chatCompletion(id: string, model: string, completion: Completion, tier: string) {
  const { content, refusal, finishReason } = completion;
  return {
    id,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1_000),
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal, annotations: [] },
        logprobs: null,
        finish_reason: finishReason,
      },
    ],
    usage: usageOf(completion),
    service_tier: tier,
  };
}

function usageOf(completion: Completion) {
  const { promptTokens, cachedTokens, writtenTokens } = completion;
  const { completionTokens, reasoningTokens } = completion;
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: {
      cached_tokens: cachedTokens,
      cache_write_tokens: writtenTokens,
      audio_tokens: 0,
    },
    completion_tokens_details: { reasoning_tokens: reasoningTokens, audio_tokens: 0 },
  };
}
