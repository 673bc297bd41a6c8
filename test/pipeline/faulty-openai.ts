/** The sandbox's model with some faulty requests, half of them transient faults and half content faults. */
import { z } from 'zod';
import { CONTENT_KINDS } from '../../sandbox/openai/misanswers.ts';
import { startOpenai } from '../../sandbox/openai/openai.ts';
import { randomFrom } from '../../sandbox/wire/random.ts';

const TRANSIENT = [
  '429',
  '500',
  '503',
  'dropped_connection',
  'lost_answer',
  'broken_body',
  'stalled_body',
  '429_epoch',
  '403_html',
  'empty_body',
  'null_body',
  'null_message',
  'finish_error',
];
/** Good answers of which nobody knows what they cost. */
const UNCOUNTED = ['missing_usage', 'null_usage'];
const CONTENT = [...CONTENT_KINDS, ...UNCOUNTED];
export const FAULT_KINDS = [...TRANSIENT, ...CONTENT];

const journalSchema = z.object({
  entries: z.array(
    z.object({
      requestId: z.string(),
      /** `answered`, or the kind of fault */
      outcome: z.string(),
      asked: z.array(z.string()),
      promptTokens: z.number(),
      completionTokens: z.number(),
    }),
  ),
});
/** A request as the provider saw and billed it. */
export type SeenCall = z.infer<typeof journalSchema>['entries'][number];

export interface FaultyOpenai {
  url: string;
  /** in order of arrival */
  calls(): Promise<SeenCall[]>;
  close(): Promise<void>;
}

export type FaultWish = { kind: string } & ({ probability: number } | { after: number });

/** A share of all requests, 0 to 1, split evenly over the kinds. It does not depend on the width. */
export function byChance(share: number): FaultWish[] {
  const each = share / FAULT_KINDS.length;
  // the probability among requests that met none of the earlier kinds
  return FAULT_KINDS.map((kind, index) => ({ kind, probability: each / (1 - index * each) }));
}

/** One in each ten requests, transient and content kinds in turn, and every kind before any repeats. */
export function oneInTen(seed: number, requests: number): FaultWish[] {
  const random = randomFrom(seed);
  const shuffled = (kinds: readonly string[]) =>
    kinds.map((kind) => ({ kind, at: random() })).toSorted((a, b) => a.at - b.at);
  const [transient, content] = [shuffled(TRANSIENT), shuffled(CONTENT)];
  return Array.from({ length: Math.ceil(requests / 10) }, (_, ten) => {
    const kinds = ten % 2 === 0 ? transient : content;
    const { kind = '' } = kinds[(ten >> 1) % kinds.length] ?? {};
    return { kind, after: ten * 10 + Math.floor(random() * 10) };
  });
}

/** @param seed of the random faults */
export async function startFaultyOpenai(
  wishes: readonly FaultWish[],
  seed: number,
): Promise<FaultyOpenai> {
  const sandbox = await startOpenai({ host: '127.0.0.1', port: 0, latencyMs: 0, seed });
  for (const wish of wishes) {
    const body = JSON.stringify(wish);
    const response = await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', body });
    if (!response.ok) throw new Error(await response.text());
  }
  return {
    url: `${sandbox.url}/v1`,
    async calls() {
      const response = await fetch(`${sandbox.url}/_sandbox/journal`);
      return journalSchema.parse(await response.json()).entries;
    },
    close: () => sandbox.close(),
  };
}
