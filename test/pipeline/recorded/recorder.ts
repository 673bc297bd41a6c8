/**
 * A model that remembers a hash of every request's exact bytes. Some steps it answers badly at first, so that requests
 * that ask again are among them. Its answers never change: later requests quote them.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { z } from 'zod';
import { type CallPlan, questionsOf } from '../../../src/domain/call-plan.ts';

/** In parts where one of them ends what is cached. */
const contentSchema = z.union([
  z.string(),
  z
    .array(z.object({ text: z.string() }))
    .transform((parts) => parts.map(({ text }) => text).join('')),
]);
const bodySchema = z.object({ messages: z.array(z.object({ content: contentSchema })) });

export interface Recorder {
  url: string;
  /** step and hash of each request, in order of arrival */
  requests: { step: number; hash: string }[];
  /** @returns for each step a hash of all its requests, in step order */
  perStep(): string[];
  close(): Promise<void>;
}

export async function startRecorder(plan: CallPlan): Promise<Recorder> {
  const stepOf = new Map(
    plan.steps.flatMap((step) => questionsOf(step).map(({ id }) => [id, step.step] as const)),
  );
  const requests: Recorder['requests'] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const sent = Buffer.concat(chunks);
    const user = bodySchema.parse(JSON.parse(sent.toString())).messages.at(-1)?.content ?? '';
    const ids = [...user.matchAll(/^\[([^\]]+)\] /gm)].map(([, id]) => id ?? '');
    const step = stepOf.get(ids[0] ?? '') ?? 0;
    const turn = requests.filter((each) => each.step === step).length;
    requests.push({ step, hash: createHash('sha256').update(sent).digest('hex') });
    const { answered, finish, refusal } = replyTo(step, turn, ids);
    const answers = answered.map((id) => ({ id, text: textOf(id) }));
    const content = refusal ? null : JSON.stringify({ answers });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({
        id: 'chatcmpl-recorded',
        object: 'chat.completion',
        created: 1,
        model: 'gpt-4o-2024-08-06',
        choices: [
          {
            index: 0,
            message: { role: 'assistant', content, refusal: refusal ? 'I cannot.' : null },
            finish_reason: finish,
          },
        ],
        usage: { prompt_tokens: 2_000, completion_tokens: 500, total_tokens: 2_500 },
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    perStep: () =>
      plan.steps.map(({ step }) => {
        const own = requests.filter((each) => each.step === step).map(({ hash }) => hash);
        return createHash('sha256').update(own.join()).digest('hex').slice(0, 16);
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** @param turn how often the step was asked before */
function replyTo(step: number, turn: number, ids: readonly string[]) {
  const whole = { answered: ids, finish: 'stop', refusal: false };
  if (turn > 0) return whole;
  switch (step % 10) {
    case 2: // every second answer missing
      return { ...whole, answered: ids.filter((_, index) => index % 2 === 1) };
    case 5: // cut off after the first third
      return { ...whole, answered: ids.slice(0, Math.floor(ids.length / 3)), finish: 'length' };
    case 8:
      return { ...whole, answered: [], refusal: true };
    default:
      return whole;
  }
}

/** About 900 characters, which every product accepts; names whatever an answer may have to cite. */
function textOf(id: string): string {
  const sky =
    'Sun, Moon, Mercury, Venus, Mars, Jupiter, Saturn, Uranus, Neptune, Pluto, Chiron, Ascendant, Midheaven, Aries, Taurus, Gemini, Cancer, Leo, Virgo, Libra, Scorpio, Sagittarius, Capricorn, Aquarius, Pisces, 1st house, 4th house, 7th house and 10th house';
  const more = 'It is a quiet and useful part of the year, and what you do with it will be yours. ';
  return `What touches ${id} is this, and it begins here. It has to do with ${sky}. ${more.repeat(6).trim()}`;
}
