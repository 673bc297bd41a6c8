/** Refusals that a customer meets who wants to change an order. */
import { AlmanacError } from '../../domain/errors.ts';

export function tooLateToChange(): AlmanacError {
  return new AlmanacError(
    'too_late_to_change',
    'We have already started writing, or the order has ended, so it can no longer be changed. If something is wrong, please reply to any of our e-mails.',
  );
}

export function unpaidToChange(): AlmanacError {
  return new AlmanacError(
    'not_paid',
    'This order is not paid yet. Pay at its checkoutUrl first, or cancel it and place a new one.',
  );
}
