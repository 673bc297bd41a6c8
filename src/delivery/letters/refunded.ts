/** Money goes back: how much, what for, and when it arrives. */

import { AlmanacError } from '../../domain/errors.ts';
import type { LetterData } from '../../domain/ports/work.ts';
import type { RefundReason } from '../../domain/refund.ts';
import { type Body, listed, money } from './body.ts';

export function refunded({ order, refund, statusUrl }: LetterData): Body {
  if (refund === null) throw new AlmanacError('letter_data', `no refund to tell ${order.id} of`);
  const amount = money(refund.amountMinor, order.currency);
  return {
    subject: `Your refund of ${amount} is on its way`,
    heading: `You get ${amount} back`,
    paragraphs: [`Hello ${order.subject.birth.name},`, WHY[refund.reason](listed(refund.titles))],
    links: [],
    closing: [
      `We have sent ${amount} back to the card or account that you paid with. Banks usually take five to ten days to show it. You need not do anything.`,
    ],
    action: { label: 'See your order', url: statusUrl },
  };
}

const WHY: Readonly<Record<RefundReason, (titles: string) => string>> = {
  failed: (titles) =>
    `We could not finish your ${titles}, though we tried more than once. This is our fault, and we are sorry.`,
  cancelled: (titles) =>
    `You cancelled your ${titles} before we had begun. Nothing will be written.`,
  closed: (titles) =>
    `Your payment for ${titles} reached us after the order had been closed. Nothing was written, so it goes back to you.`,
  operator: (titles) => `As agreed, you get money back for your ${titles}.`,
};
