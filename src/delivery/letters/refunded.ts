/** A refund: how much, what for, and when it arrives. */
import { AlmanacError } from '../../domain/errors.ts';
import { formatMoney } from '../../domain/money.ts';
import type { LetterData } from '../../domain/ports/work.ts';
import type { RefundReason } from '../../domain/refund.ts';
import { type Body, listed } from './body.ts';

export function refunded({ order, refund, statusUrl }: LetterData): Body {
  if (refund === null)
    throw new AlmanacError('letter_data', `order ${order.id} has no refund to write about`);
  const amount = formatMoney(refund.amountMinor, order.currency);
  return {
    subject: `Your refund of ${amount} is on its way`,
    heading: `${amount} is on its way back to you`,
    paragraphs: ['Hello,', WHY[refund.reason](listed(refund.titles))],
    links: [],
    closing: [
      `We have sent ${amount} back to the card or account you paid with. Banks usually take five to ten days to show it. You do not need to do anything.`,
    ],
    action: { label: 'See your order', url: statusUrl },
  };
}

const WHY: Readonly<Record<RefundReason, (titles: string) => string>> = {
  failed: (titles) =>
    `We could not finish your ${titles}, although we tried more than once. This is our fault, and we are sorry.`,
  cancelled: (titles) =>
    `You cancelled your ${titles} before we had started, so nothing will be written.`,
  closed: (titles) =>
    `Your payment for ${titles} reached us after the order had been closed. Nothing was written, so we are returning your payment.`,
  operator: (titles) => `As agreed, this is the refund for your ${titles}.`,
};
