/** SendGrid's stand-in: accepts letters, keeps them, and shows them in a mailbox. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerControl } from '../wire/control.ts';
import { createFaults } from '../wire/faults.ts';
import { createJournal } from '../wire/journal.ts';
import { parseObject, RequestFault, readText, sendJson } from '../wire/messages.ts';
import { delay, hangUp, slowness, stall, WIRE_KINDS } from '../wire/misbehave.ts';
import { type Listening, serve } from '../wire/server.ts';
import { createMailEvents, EVENT_KINDS } from './events.ts';
import { sendLetter, sendLetterHtml, sendList } from './mailbox.ts';
import { type Message, readMessage, refusal } from './message.ts';

const KINDS = [...WIRE_KINDS, ...EVENT_KINDS, '400', '401', '403', '429', '500', '503'] as const;
const REFUSALS: Record<string, string> = {
  400: 'Bad request',
  401: 'The provided authorization grant is invalid, expired, or revoked',
  403: 'The from address does not match a verified Sender Identity.',
  429: 'too many requests',
  500: 'Internal server error',
  503: 'Service unavailable',
};

export interface SendgridOptions {
  host: string;
  port: number;
  seed: number;
  /** where delivery events go; null: nowhere */
  webhookUrl: string | null;
}

/** One request to send, as the stand-in saw it. */
export interface SendgridEntry {
  /** of the stored letter; null when it was not stored */
  messageId: string | null;
  outcome: string;
  status: number | null;
}

export async function startSendgrid(options: SendgridOptions): Promise<Listening> {
  const faults = createFaults(KINDS, options.seed);
  const journal = createJournal<SendgridEntry>();
  const events = createMailEvents({ url: options.webhookUrl });
  let messages: Message[] = [];

  const send = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const raw = await readText(request);
    const entry = journal.add({ messageId: null, outcome: 'open', status: null });
    const end = (outcome: string, status: number | null): void => {
      Object.assign(entry, { outcome, status });
    };
    const met = faults.meet(`POST /v3/mail/send\n${raw}`);
    const isKey = /^Bearer SG\.\S+/.test(request.headers.authorization ?? '');
    const refused = isKey ? REFUSALS[met?.kind ?? ''] : REFUSALS[401];
    if (refused !== undefined) {
      const status = isKey ? Number(met?.kind) : 401;
      end(met?.kind ?? '401', status);
      const wait = met?.retryAfter ?? null;
      const headers: Record<string, string> = wait === null ? {} : { 'retry-after': String(wait) };
      return sendJson(response, status, refusal(refused), headers);
    }
    if (met?.kind === 'dropped_connection') {
      end(met.kind, null);
      return hangUp(response);
    }
    let message: Message;
    try {
      message = readMessage(parseObject(raw));
    } catch (error) {
      end('invalid', error instanceof RequestFault ? error.status : null);
      throw error;
    }
    if (met !== null && !(await delay(response, slowness(met)))) return end('client_gone', null);
    // stored before the answer: a lost answer still means sent
    messages.push(message);
    events.follow(
      message,
      EVENT_KINDS.find((kind) => kind === met?.kind),
    );
    entry.messageId = message.id;
    end(met?.kind ?? 'accepted', 202);
    if (met?.kind === 'lost_answer') return hangUp(response);
    if (met?.kind === 'stalled_body') return stall(response);
    response.writeHead(202, { 'x-message-id': message.id, 'content-length': 0 }).end();
  };

  const listening = await serve(
    async (request, response, url) => {
      if (await answerControl({ faults, journal }, request, response, url)) return;
      const route = `${request.method} ${url.pathname}`;
      if (route === 'POST /v3/mail/send') return send(request, response);
      if (route === 'GET /') return sendList(response, messages);
      if (route === 'GET /_sandbox/messages') {
        const to = url.searchParams.get('to');
        const kept = messages.filter(
          (message) => to === null || message.to.some((receiver) => receiver.email === to),
        );
        return sendJson(response, 200, { messages: kept });
      }
      if (route === 'DELETE /_sandbox/messages') {
        messages = [];
        return sendJson(response, 200, {});
      }
      if (route === 'POST /_sandbox/webhook') {
        const wish = parseObject(await readText(request));
        if (typeof wish.url !== 'string' || !URL.canParse(wish.url)) {
          throw new RequestFault(400, { error: 'url: must be the URL that receives the events' });
        }
        events.aim(wish.url);
        return sendJson(response, 200, { url: wish.url });
      }
      const told = /^POST \/_sandbox\/messages\/([^/]+)\/event$/.exec(route);
      if (told !== null) {
        const { event, without, others, ...more } = parseObject(await readText(request));
        const about = messages.find((kept) => kept.id === told[1]);
        if (about === undefined || typeof event !== 'string') {
          throw new RequestFault(400, { error: 'event: must name an event, for a stored letter' });
        }
        const shape = {
          without: without === 'args' || without === 'ids' ? without : null,
          among: typeof others === 'number' ? { others, odd: true } : null,
        } as const;
        return sendJson(response, 200, { status: await events.send(about, event, more, shape) });
      }
      const [, area, id, part] = url.pathname.split('/');
      const message = messages.find((kept) => kept.id === id);
      if (request.method !== 'GET' || area !== 'messages') {
        return sendJson(response, 404, refusal('Not found'));
      }
      if (part === 'html') sendLetterHtml(response, message);
      else sendLetter(response, message);
    },
    options.host,
    options.port,
  );
  return {
    url: listening.url,
    async close() {
      await Promise.all([listening.close(), events.close()]);
    },
  };
}
