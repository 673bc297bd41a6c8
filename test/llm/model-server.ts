/** A model's HTTP side for tests. It answers well unless told otherwise. */
import { createServer, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { proseFor } from './prose.ts';

const part = z.object({ type: z.literal('text'), text: z.string() }).loose();

const bodySchema = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(part)]) })),
  response_format: z.unknown(),
  max_tokens: z.number().optional(),
  max_completion_tokens: z.number().optional(),
  temperature: z.number().optional(),
  reasoning_effort: z.string().optional(),
  prompt_cache_options: z.unknown(),
  service_tier: z.string().optional(),
  prompt_cache_key: z.string().optional(),
  store: z.boolean().optional(),
});

export interface SeenRequest {
  clientRequestId: string;
  body: z.infer<typeof bodySchema>;
  /** the exact text that was sent */
  sent: string;
  system: string;
  user: string;
  /** the answer ids asked for */
  ids: string[];
}

export type Behaviour = (request: SeenRequest, response: ServerResponse) => void | Promise<void>;

export interface ModelServer {
  url: string;
  requests: SeenRequest[];
  /** The next requests get one of these behaviours each. Later ones are answered well. */
  next(...behaviours: Behaviour[]): void;
  /** Every request without a behaviour of its own gets this one. */
  always(behaviour: Behaviour): void;
  close(): Promise<void>;
}

export async function startModelServer(): Promise<ModelServer> {
  const requests: SeenRequest[] = [];
  const queue: Behaviour[] = [];
  let fallback: Behaviour = answer();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = Buffer.concat(chunks).toString();
    const body = bodySchema.parse(JSON.parse(sent));
    const contentOf = (role: string): string =>
      textOf(body.messages.find((message) => message.role === role)?.content ?? '');
    const user = contentOf('user');
    const seen: SeenRequest = {
      clientRequestId: String(request.headers['x-client-request-id']),
      body,
      sent,
      system: contentOf('system'),
      user,
      ids: [...user.matchAll(/^\[([^\]]+)\] /gm)].map(([, id]) => id ?? ''),
    };
    requests.push(seen);
    await (queue.shift() ?? fallback)(seen, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    next: (...behaviours) => {
      queue.push(...behaviours);
    },
    always: (behaviour) => {
      fallback = behaviour;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A message's text, in one piece or in parts. */
export function textOf(content: string | { text: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('');
}

/** The tokens that every answer of this server costs. */
export const USAGE = { in: 2_000, cached: 1_024, out: 500 } as const;

/** Answers. `change` rewrites single texts; null leaves the id out. */
export function answer(
  change: (id: string, text: string) => string | null = (_, text) => text,
): Behaviour {
  return (request, response) => sendContent(response, contentFor(request.ids, change));
}

/** A reply with this content, whatever was asked. */
export function content(text: string, finish = 'stop'): Behaviour {
  return (_, response) => sendContent(response, text, finish);
}

/** Breaks off inside the answer after the first `whole` ones. */
export function cutOff(whole: number): Behaviour {
  return ({ ids }, response) => {
    const all = contentFor(ids);
    const end = contentFor(ids.slice(0, whole)).length - 2;
    sendContent(response, all.slice(0, end + 60), 'length');
  };
}

export function refuse(): Behaviour {
  return (_, response) =>
    send(response, 200, completion({ content: null, refusal: 'I cannot help with that.' }, 'stop'));
}

export function status(
  code: number,
  error: object,
  headers: Record<string, string> = {},
): Behaviour {
  return (_, response) => send(response, code, { error: { message: 'x', ...error } }, headers);
}

export function dropConnection(): Behaviour {
  return (_, response) => {
    response.destroy();
  };
}

export function dropInBody(): Behaviour {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
    response.write('{"id":"x","choices":[', () => setImmediate(() => response.destroy()));
  };
}

export function brokenBody(): Behaviour {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"id":"x","choices":[{{{');
  };
}

/** Any 200, whatever it holds. @param body null: the word; undefined: nothing at all */
export function sent(body: unknown): Behaviour {
  return (_, response) => {
    if (body !== undefined) return send(response, 200, body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '0' });
    response.end();
  };
}

/** Answers well, with this usage; undefined: without one. */
export function withUsage(usage: unknown): Behaviour {
  return (request, response) => {
    const message = { content: contentFor(request.ids), refusal: null };
    send(response, 200, { ...completion(message, 'stop'), usage });
  };
}

/** What a proxy before the model answers. */
export function page(code: number): Behaviour {
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'text/html' });
    response.end('<html>Attention required</html>');
  };
}

export function notACompletion(): Behaviour {
  return (_, response) => send(response, 200, { hello: 'proxy' });
}

/** Sends headers and part of a body, then nothing. */
export function stallInBody(): Behaviour {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write('{"id":');
  };
}

/** Never answers. `onRequest` is called when the request has arrived. */
export function silence(onRequest: () => void = () => {}): Behaviour {
  return () => onRequest();
}

export function contentFor(
  ids: readonly string[],
  change: (id: string, text: string) => string | null = (_, text) => text,
): string {
  const answers = ids.flatMap((id) => {
    const text = change(id, proseFor(id));
    return text === null ? [] : [{ id, text }];
  });
  return JSON.stringify({ answers });
}

function sendContent(response: ServerResponse, text: string, finish = 'stop'): void {
  send(response, 200, completion({ content: text, refusal: null }, finish));
}

function completion(message: object, finish: string): object {
  return {
    id: 'chatcmpl-test',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o-2024-08-06',
    choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: finish }],
    usage: {
      prompt_tokens: USAGE.in,
      completion_tokens: USAGE.out,
      total_tokens: USAGE.in + USAGE.out,
      prompt_tokens_details: { cached_tokens: USAGE.cached },
    },
  };
}

function send(
  response: ServerResponse,
  code: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(code, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}
