/** Sends an order's due letters at once; the sweeper would take up to `timings.sweep`. */
import type { Store } from '../../domain/ports/store.ts';
import type { SendEmail } from './send-email.ts';

export interface SendLettersDeps {
  store: Pick<Store, 'emails'>;
  sendEmail: SendEmail;
}

/** Safe to repeat. */
export type SendLetters = (orderId: string) => Promise<void>;

export function createSendLetters({ store, sendEmail }: SendLettersDeps): SendLetters {
  return async (orderId) => {
    for (const { key } of await store.emails.ofOrder(orderId)) await sendEmail(key);
  };
}
