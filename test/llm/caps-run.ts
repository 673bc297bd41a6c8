/** Asks a model again and again under a cap of the day, and counts the calls that are let through. */
import { DatabaseSync } from 'node:sqlite';
import { mostUsage } from '../../src/llm/most-usage.ts';
import { createPrices } from '../../src/llm/prices.ts';
import { buildPrompt } from '../../src/llm/prompt.ts';
import { openAsking } from './asking.ts';
import { type Desk, idsOf, MODEL, stepOf } from './desk.ts';
import { answer, type Behaviour, USAGE, withUsage } from './model-server.ts';

const { costMicros } = createPrices();

export interface CapCase {
  title: string;
  /** what the provider says instead of the usage; left out: the usage */
  usage?: unknown;
  /** calls made before there is a cap */
  before?: number;
  /** what an older release left of the accounts: none, or one that it began when a cap was set */
  old?: 'none' | 'late';
}

export const CAP_CASES: readonly CapCase[] = [
  { title: 'a cap from the beginning, usage told' },
  { title: 'a cap from the beginning, usage missing', usage: null },
  { title: 'a cap from the beginning, usage that cannot be', usage: { prompt_tokens: -7 } },
  { title: 'a cap set late', before: 20 },
  { title: 'a cap set late, usage missing', before: 20, usage: null },
  { title: 'a cap set late, after a release that kept no accounts', before: 20, old: 'none' },
  { title: 'a cap set late, after a release that began one late', before: 20, old: 'late' },
];

export interface LetThrough {
  /** requests for an answer, under the cap */
  asked: number;
  /** that reached the provider */
  sent: number;
  /** that had room under the cap, at what was spent before and at most still in flight */
  fit: number;
  above: number;
}

/** Room under the cap beyond what is spent, in calls at their most: three of them, or one and small ones. */
const ROOM = { unknown: 3.5, told: 1.5 };
const QUESTION = idsOf(1);

/** @param atOnce requests that are under way together */
export async function letThrough(each: CapCase, asked = 30, atOnce = 1): Promise<LetThrough> {
  const asking = await openAsking();
  try {
    const { desk, model } = asking;
    model.always(behaviourOf(each));
    for (let call = 0; call < (each.before ?? 0); call += 1) await asking.ask(QUESTION);
    const day = new Date().toISOString().slice(0, 10);
    const used = await desk.store.spend.usage(day, day);
    if (each.old) forget(desk.databaseUrl, each.old);

    const most = mostMicros(desk);
    const unknown = 'usage' in each;
    const cost = unknown ? most : toldMicros();
    const room = Math.floor(most * (unknown ? ROOM.unknown : ROOM.told));
    const spent = used.reduce((sum, row) => sum + row.costMicros, 0);
    await desk.store.spend.setCaps({ day: spent + room });
    const fit = Math.floor((room - most) / cost) + 1;

    const before = model.requests.length;
    let left = asked;
    const inTurn = async () => {
      while (left > 0) {
        left -= 1;
        await asking.ask(QUESTION).catch(mustBeTheCap);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, inTurn));
    const sent = model.requests.length - before;
    return { asked, sent, fit, above: Math.max(0, sent - fit) };
  } finally {
    await asking.close();
  }
}

function behaviourOf(each: CapCase): Behaviour {
  return 'usage' in each ? withUsage(each.usage) : answer();
}

function mostMicros(desk: Desk): number {
  const { plan } = desk.context();
  const step = stepOf(QUESTION);
  const prompt = buildPrompt({ plan, step, digest: null, ids: QUESTION, note: null });
  return costMicros(MODEL, mostUsage(prompt, MODEL));
}

function toldMicros(): number {
  const tokens = { tokensIn: USAGE.in, tokensCached: USAGE.cached, tokensOut: USAGE.out };
  return costMicros(MODEL, tokens);
}

/** Leaves the accounts as a release before this one did: it kept them only under a cap. */
function forget(databaseUrl: string, old: 'none' | 'late'): void {
  const database = new DatabaseSync(databaseUrl.slice('sqlite:'.length));
  database.exec('DELETE FROM spend');
  if (old === 'late') {
    const key = `day-${new Date().toISOString().slice(0, 10)}`;
    const insert = database.prepare('INSERT INTO spend (key, doc) VALUES (?, ?)');
    insert.run(key, JSON.stringify({ key, committedMicros: 1 }));
  }
  database.close();
}

function mustBeTheCap(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'spend_cap')) throw error;
}
