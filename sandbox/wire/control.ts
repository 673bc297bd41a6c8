/** The `/_sandbox` routes of every stand-in: order faults, read the journal. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Faults } from './faults.ts';
import type { Journal } from './journal.ts';
import { parseObject, readText, sendJson } from './messages.ts';

interface Controlled {
  // a stand-in's own kinds of fault; only their names matter here
  faults: Pick<Faults, 'clear' | 'kinds'> & { order(wish: Record<string, unknown>): unknown };
  journal: Pick<Journal<object>, 'since' | 'clear'>;
}

/** @returns whether the request was one of these */
export async function answerControl(
  { faults, journal }: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<boolean> {
  switch (`${request.method} ${url.pathname}`) {
    case 'POST /_sandbox/faults': {
      const wish = parseObject(await readText(request));
      try {
        sendJson(response, 201, { fault: faults.order(wish) });
      } catch (error) {
        sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
      }
      return true;
    }
    case 'GET /_sandbox/faults':
      sendJson(response, 200, { kinds: faults.kinds });
      return true;
    case 'DELETE /_sandbox/faults':
      faults.clear();
      sendJson(response, 200, {});
      return true;
    case 'GET /_sandbox/journal': {
      const entries = journal.since(Number(url.searchParams.get('since') ?? 0));
      sendJson(response, 200, { entries });
      return true;
    }
    case 'DELETE /_sandbox/journal':
      journal.clear();
      sendJson(response, 200, {});
      return true;
    default:
      return false;
  }
}
