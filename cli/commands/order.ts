/** `almanac order`: what an operator sees and does of an order and its reports, by the routes' own use cases. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import { createMoveReport, type Moved } from '../../src/orders/operators/move-report.ts';
import { MOVE_NAMES, MOVES, type Move, type MoveName } from '../../src/orders/operators/moves.ts';
import { createRefundOrder } from '../../src/orders/operators/refund-order.ts';
import { openDesk } from '../local/operator-desk.ts';
import { orderText, waitingText } from '../local/show-order.ts';

export const summary = 'shows orders, and holds, releases, retries, cancels or pays back by hand';

const ABOUT = MOVE_NAMES.map((name) => `  ${name.padEnd(8)} ${lowerFirst(MOVES[name].summary)}`);

const USAGE = `npm run almanac -- order                                   what waits for a person
npm run almanac -- order <id>                              all about an order
npm run almanac -- order <action> <id> --why "..."         does something to it
npm run almanac -- order retry <id> --why "..." --from-step 12

  <id>     a report's, or an order's for each of its reports that takes the action
${ABOUT.join('\n')}
  refund   pays back a report's share, or all that is left of an order; ends no report

  --why is kept in the audit. Ends with 1 when nothing took the action.`;

interface Asked {
  why: string;
  fromStep: number | null;
}

/** What it came to. */
function outcomeOf(move: Move, { report: { state, deadline }, gift }: Moved): string {
  const became =
    state === 'waiting' ? `waits for a worker, until ${deadline} at most` : `is ${state}`;
  if (move.follows.includes('pay_back')) return `${became}; its share goes back`;
  if (!move.follows.includes('keep_money')) return became;
  return `${became}${gift ? '; its share has gone back: a gift' : '; its share stays'}`;
}

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      why: { type: 'string' },
      'from-step': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [action, target, ...more] = positionals;
  if (more.length > 0) throw usage(`${more[0]} is too much`);
  const move = MOVE_NAMES.find((name) => name === action);
  const doing = move !== undefined || action === 'refund';
  if (!doing && target !== undefined) throw usage(`${action} is no action`);
  if (doing && target === undefined) throw usage(`${action} of what?`);
  const asked = { why: values.why?.trim() ?? '', fromStep: stepOf(move, values['from-step']) };
  if (doing && asked.why === '') throw usage('--why "..." is kept in the audit');

  const desk = await openDesk();
  try {
    if (action === undefined) console.log(await waitingText(desk.store));
    else if (target === undefined) console.log(await shown(desk.store, action));
    else if (move === undefined) console.log(await refund(desk, target, asked.why));
    else return await makeMove(desk, move, target, asked);
    return 0;
  } finally {
    await desk.close();
  }
}

type Desk = Awaited<ReturnType<typeof openDesk>>;

async function shown(store: Store, id: string): Promise<string> {
  const order = await store.orders.find(orderIdOf(id));
  if (order === null) throw new AlmanacError('not_found', `There is no order ${orderIdOf(id)}.`);
  return orderText(store, order);
}

async function refund({ store, clock }: Desk, id: string, why: string): Promise<string> {
  const orderId = orderIdOf(id);
  const product = id === orderId ? null : id.slice(orderId.length + 1);
  const row = await createRefundOrder({ store, clock })(orderId, product, why);
  return `${row.id}: at most ${(row.amountMinor / 100).toFixed(2)} go back with the API's next turn, within half a minute`;
}

/** @returns 1 when no report took it */
async function makeMove(desk: Desk, name: MoveName, id: string, asked: Asked): Promise<number> {
  const moveReport = createMoveReport(desk);
  const ofOrder = id === orderIdOf(id) ? await desk.store.reports.ofOrder(id) : [];
  const ids = ofOrder.length > 0 ? ofOrder.map((report) => report.id) : [id];
  let taken = 0;
  for (const reportId of ids) {
    try {
      const moved = await moveReport(name, reportId, asked);
      console.log(`${reportId} ${outcomeOf(MOVES[name], moved)}`);
      taken += 1;
    } catch (error) {
      if (!(error instanceof AlmanacError) || error.code !== 'report_state') throw error;
      console.log(error.message);
    }
  }
  return taken > 0 ? 0 : 1;
}

/** Order ids hold no hyphen; a report's is its order's, a hyphen and its product's. */
function orderIdOf(id: string): string {
  return id.split('-')[0] ?? id;
}

function stepOf(name: MoveName | undefined, given: string | undefined): number | null {
  if (given === undefined) return null;
  const step = Number(given);
  const move: Move | null = name === undefined ? null : MOVES[name];
  if (move?.steps && Number.isInteger(step) && step >= 1) return step;
  throw usage('--from-step: the number of a step, from 1 up, of a retry');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function usage(what: string): AlmanacError {
  return new AlmanacError('usage', `${what}\nnpm run almanac -- order --help says more`);
}
