/** A model that refuses for ever, at production's own waits: when an operator hears of it, and what. */
import { REFUSALS, whenTheOperatorHears } from '../test/workers/refusing-model.ts';

const HOURS = 24;

export async function run(): Promise<void> {
  const rows: Record<string, unknown>[] = [];
  for (const { title, refusal } of REFUSALS) {
    const { longestWait, ...heard } = await whenTheOperatorHears(refusal, HOURS);
    rows.push({ model: title, ...heard, 'longest wait, minutes': longestWait });
  }
  console.table(rows);
  const heard = Object.fromEntries(rows.map(({ model, seconds }) => [model, seconds]));
  console.log(JSON.stringify({ bench: 'refusals', hours: HOURS, heardAfterSeconds: heard }));
}
