/** What operators can do to a report, as a table of docs/operations.md, made from the table in the code. */
import { MOVE_NAMES, MOVES, type Move } from '../src/orders/operators/moves.ts';

/** The table is between these two lines. */
const MARK =
  '<!-- Written by `npm run states` from src/orders/operators/moves.ts; do not edit. -->';
const END = '<!-- end -->';

/** @returns the page with the current table */
export function withMovesTable(page: string): string {
  const [before, rest] = page.split(MARK);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error('the page has no table of moves');
  return `${before}${MARK}\n\n${movesTable()}\n\n${END}${after}`;
}

function movesTable(): string {
  const rows = MOVE_NAMES.map((name) => {
    const { summary, takes, steps, gifts, renews, begins }: Move = MOVES[name];
    const also = [
      ...(steps ? ['`fromStep`, `--from-step 12`'] : []),
      ...(renews
        ? [
            '`askAgain`, `--ask-again`: needed if finished steps are asked again; the refusal says how many',
          ]
        : []),
      ...(begins
        ? [
            '`customerAsked`, `--customer-asked`: needed while its order is in its grace, which it ends',
          ]
        : []),
      ...(gifts ? ['`gift`, `--gift`: needed if its payment is disputed, or went back'] : []),
    ];
    return `| \`${name}\` | ${takes} | ${summary} | ${also.join('; ')} |`.replace('|  |', '| |');
  });
  return ['| move | takes | does | also |', '|---|---|---|---|', ...rows].join('\n');
}
