/** How many calls get through above a spending cap: with usage missing, and with a cap that is set late. */
import { CAP_CASES, letThrough } from '../test/llm/caps-run.ts';

const ASKED = 30;

export async function run(): Promise<void> {
  const rows: object[] = [];
  for (const atOnce of [1, 8]) {
    for (const each of CAP_CASES) {
      const { sent, fit, above } = await letThrough(each, ASKED, atOnce);
      rows.push({ case: each.title, 'at once': atOnce, asked: ASKED, fit, sent, above });
    }
  }
  console.table(rows);
  const above = rows.reduce((sum: number, row) => sum + Number(Reflect.get(row, 'above')), 0);
  console.log(JSON.stringify({ bench: 'caps', asked: ASKED, cases: rows.length, above }));
}
