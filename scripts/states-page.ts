/** The states of orders and reports as a page, from the tables that the code itself goes by. */
import {
  CLAIMABLE,
  ORDER_TRANSITIONS,
  REPORT_TRANSITIONS,
  SETTLED,
} from '../src/domain/transitions.ts';

/** What a state means, or why it is entered. */
const ORDER_MEANING: Record<keyof typeof ORDER_TRANSITIONS, string> = {
  awaiting_payment: 'placed; the checkout is open',
  paid: 'the money has arrived; its reports are being written',
  payment_failed: 'a delayed payment failed for good',
  expired: 'the checkout ended unpaid',
  cancelled: 'by the customer or an operator, before anything was delivered',
  fulfilled: 'every report is delivered',
  partly_fulfilled: 'some reports are delivered, the others failed or were cancelled',
  failed: 'no report is delivered',
};
const REPORT_MEANING: Record<keyof typeof REPORT_TRANSITIONS, string> = {
  waiting: 'waits for a worker, or until `notBefore`: the end of the grace or of a snooze',
  generating: 'a run asks its missing steps',
  rendering: 'a run draws the PDF',
  delivering: 'a run uploads it',
  delivered: 'the PDF is in the blob store',
  failed: 'attempts, time limit, deadline or hold ran out; all sections are kept',
  cancelled: 'by the customer before it began, or by an operator at any time',
  held: 'a person has to act; the deadline is paused, for 72 hours at most',
};

export function statesPage(): string {
  return `# States

Written by \`npm run states\` from \`src/domain/transitions.ts\`; do not edit. The store applies a move only if
the state still allows it and, for a report, if the writer still holds the fence.

## Orders

${tableOf(ORDER_TRANSITIONS, ORDER_MEANING)}

## Reports

${tableOf(REPORT_TRANSITIONS, REPORT_MEANING)}

A run may claim a report from ${listed(CLAIMABLE)}; from the last three only when the run before it died.
The settled states are ${listed(SETTLED)}: after them nothing more happens automatically.

## The grace

An order with a product whose definition says \`grace: 'long'\` (the horoscope) has ten minutes after payment in which nothing
begins: \`graceUntil\`. All its reports get it as their \`notBefore\`. "Start now" sets it to the present and clears \`notBefore\`. The
grace is not a state: a paid order can be corrected and cancelled while every report is \`waiting\` or \`held\` with fence 0, with or
without a grace. A correction is written only if \`subjectFrozenAt\` is not set and \`subjectVersion\` is still the one that was read. A
claim first raises the report's fence, then sets \`subjectFrozenAt\` and reads the order with the same write. So a run that begins
knows the last correction, and a later one is refused ([why](decisions/grace.md)).
`;
}

function tableOf<State extends string>(
  transitions: Readonly<Record<State, readonly State[]>>,
  meaning: Record<State, string>,
): string {
  const rows = (Object.keys(transitions) as State[]).map(
    (state) => `| \`${state}\` | ${meaning[state]} | ${listed(transitions[state]) || '-'} |`,
  );
  return ['| state | means | may become |', '|---|---|---|', ...rows].join('\n');
}

function listed(states: readonly string[]): string {
  return states.map((state) => `\`${state}\``).join(', ');
}
