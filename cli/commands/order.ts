/** `almanac order`: shows an order and its reports and acts on them, with the use cases of the routes. */
import { parseArgs } from 'node:util';
import { AlmanacError } from '../../src/domain/errors.ts';
import { formatMoney } from '../../src/domain/money.ts';
import type { Store } from '../../src/domain/ports/store.ts';
import type { House } from '../../src/open-house.ts';
import { createMoveReport, type Moved } from '../../src/orders/operators/move-report.ts';
import { MOVE_NAMES, MOVES, type Move, type MoveName } from '../../src/orders/operators/moves.ts';
import { createRefundOrder } from '../../src/orders/operators/refund-order.ts';
import { createResendLetter } from '../../src/orders/operators/resend-letter.ts';
import { openHouseOfCommand } from '../local/environment.ts';
import { orderText, waitingText } from '../local/show-order.ts';

export const summary = 'shows orders; holds, releases, retries, cancels or refunds by hand';

const ABOUT = MOVE_NAMES.map((name) => `  ${name.padEnd(8)} ${lowerFirst(MOVES[name].summary)}`);

const GIVEN = MOVE_NAMES.filter((name) => 'gifts' in MOVES[name]);
const RENEWED = MOVE_NAMES.filter((name) => 'renews' in MOVES[name]);
const BEGUN = MOVE_NAMES.filter((name) => 'begins' in MOVES[name]);
const REFUSED = ['report_state', 'report_disputed', 'report_asks_again', 'report_in_grace'];

const USAGE = `npm run almanac -- order                                   lists what needs a person
npm run almanac -- order <id>                              shows all about an order
npm run almanac -- order <action> <id> --why "..."         acts on a report or an order
npm run almanac -- order retry <id> --why "..." --from-step 12

  <id>     a report's id; or an order's, for each of its reports that allows the action
${ABOUT.join('\n')}
  refund   refunds a report's share, which stops nothing; or all that is left of an order, which ends it
  resend   sends a letter again that did not arrive; <id> is its key, as "order <id>" shows it

  --gift is needed to ${GIVEN.join(' or ')} a report whose payment is disputed, or went back.
  --ask-again is needed to ${RENEWED.join(' or ')} a report whose model is gone, if finished steps are then asked again; the
  refusal says how many.
  --customer-asked is needed to ${BEGUN.join(' or ')} a report in the minutes after payment in which the customer may
  still correct or cancel; it ends them for the whole order.
  --why is kept in the audit. Exits with 1 if no report allowed the action.`;

interface Asked {
  why: string;
  fromStep: number | null;
  gift: boolean;
  askAgain: boolean;
  customerAsked: boolean;
}

/** The outcome in words. */
function outcomeOf(move: Move, { report: { state, deadline }, gift }: Moved): string {
  const became =
    state === 'waiting' ? `waits for a worker, until ${deadline} at the latest` : `is ${state}`;
  if (move.follows.includes('pay_back')) return `${became}; its share is refunded`;
  if (!move.follows.includes('keep_money')) return became;
  return `${became}${gift ? '; its share was already refunded: a gift' : '; its share is kept'}`;
}

export async function run(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      why: { type: 'string' },
      'from-step': { type: 'string' },
      gift: { type: 'boolean', default: false },
      'ask-again': { type: 'boolean', default: false },
      'customer-asked': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [action, target, ...more] = positionals;
  if (more.length > 0) throw usage(`unexpected argument: ${more[0]}`);
  const move = MOVE_NAMES.find((name) => name === action);
  const doing = move !== undefined || action === 'refund' || action === 'resend';
  if (!doing && target !== undefined) throw usage(`${action} is not an action`);
  if (doing && target === undefined) throw usage(`${action} needs an id`);
  const asked = {
    why: values.why?.trim() ?? '',
    fromStep: stepOf(move, values['from-step']),
    gift: values.gift,
    askAgain: values['ask-again'],
    customerAsked: values['customer-asked'],
  };
  if (asked.gift && !GIVEN.some((name) => name === move)) {
    throw usage(`--gift: only with ${GIVEN.join(' or ')}`);
  }
  if (asked.askAgain && !RENEWED.some((name) => name === move)) {
    throw usage(`--ask-again: only with ${RENEWED.join(' or ')}`);
  }
  if (asked.customerAsked && !BEGUN.some((name) => name === move)) {
    throw usage(`--customer-asked: only with ${BEGUN.join(' or ')}`);
  }
  if (doing && asked.why === '') throw usage('give --why "...": it is kept in the audit');

  const house = await openHouseOfCommand('operator');
  try {
    if (action === undefined) console.log(await waitingText(house.store));
    else if (target === undefined) console.log(await shown(house.store, action));
    else if (action === 'resend') console.log(await resend(house, target, asked.why));
    else if (move === undefined) console.log(await refund(house, target, asked.why));
    else return await makeMove(house, move, target, asked);
    return 0;
  } finally {
    await house.close();
  }
}

async function shown(store: Store, id: string): Promise<string> {
  const order = await store.orders.find(orderIdOf(id));
  if (order === null) throw new AlmanacError('not_found', `There is no order ${orderIdOf(id)}.`);
  return orderText(store, order);
}

async function resend({ store, clock }: House, key: string, why: string): Promise<string> {
  const row = await createResendLetter({ store, clock })(key, why);
  return `${row.key} is due: a worker sends it within seconds`;
}

async function refund(house: House, id: string, why: string): Promise<string> {
  const orderId = orderIdOf(id);
  const product = id === orderId ? null : id.slice(orderId.length + 1);
  const row = await createRefundOrder(house)(orderId, product, why);
  const { currency = 'usd' } = (await house.store.orders.find(orderId)) ?? {};
  const ends = product === null ? '; the order ends, and so do its downloads' : '';
  return `${row.id}: at most ${formatMoney(row.amountMinor, currency)} is refunded with the API's next turn, within half a minute${ends}`;
}

/** @returns 1 if no report allowed it */
async function makeMove(house: House, name: MoveName, id: string, asked: Asked): Promise<number> {
  const moveReport = createMoveReport(house);
  const ofOrder = id === orderIdOf(id) ? await house.store.reports.ofOrder(id) : [];
  const ids = ofOrder.length > 0 ? ofOrder.map((report) => report.id) : [id];
  let taken = 0;
  for (const reportId of ids) {
    try {
      const moved = await moveReport(name, reportId, asked);
      console.log(`${reportId} ${outcomeOf(MOVES[name], moved)}`);
      taken += 1;
    } catch (error) {
      if (!(error instanceof AlmanacError) || !REFUSED.includes(error.code)) throw error;
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
  throw usage('--from-step: give a step number from 1, and only with retry');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function usage(what: string): AlmanacError {
  return new AlmanacError('usage', `${what}\nFor more: npm run almanac -- order --help`);
}
