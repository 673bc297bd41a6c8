/** Tells an operator that a letter did not arrive, once per sending. */
import type { EmailRow } from '../../domain/email.ts';
import { raiseAlert } from './raise-alert.ts';

type Deps = Parameters<typeof raiseAlert>[0];

/**
 * Safe to repeat.
 * @param told.cause what happened to it: `bounce`, `blocked`, `dropped`, `failed`
 * @param told.follows what that means, and what to do
 */
export async function tellNotArrived(
  deps: Deps,
  row: EmailRow,
  { cause, follows }: { cause: string; follows: string },
): Promise<void> {
  if (row.kind === 'alert') {
    // a letter about it would end the same way: the log is the other way to an operator
    deps.log.error(
      { emailKey: row.key, cause, note: row.note },
      'an alert did not arrive: read it here',
    );
    return;
  }
  await raiseAlert(deps, {
    cause: [cause, row.key, ...(row.resentAt ? [row.resentAt] : [])].join('-'),
    orderId: row.orderId,
    note: `an e-mail did not arrive\n${row.key}: ${cause}\n${follows}`,
  });
}

/** For a letter whose address may be good. */
export function sendAgain({ key }: EmailRow): string {
  return `The address may be good: later letters are still sent to it. The customer can also download finished reports from the order page.\nTo send this letter again: almanac order resend ${key} --why "..."`;
}
