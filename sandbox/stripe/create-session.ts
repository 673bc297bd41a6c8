/** Makes a Checkout Session from a request, and refuses what Stripe would refuse. */
import { type Fields, fieldsOf, listOf, metadataOf, textOf } from './form.ts';
import { type LineItem, newId, nowSeconds, type Session, stripeFault } from './objects.ts';

/** Stripe's limits for `expires_at`: 30 minutes to 24 hours; seconds. */
const EXPIRES_LEAST = 30 * 60;
const EXPIRES_MOST = 24 * 60 * 60;
/** For clock differences and round trips. */
const SLACK = 60;
/** Stripe's minimum charge in USD and most other currencies, minor units. */
const LEAST_TOTAL = 50;
const MOST_TOTAL = 99_999_999;

/** @param payUrl origin of the pay page */
export function createSession(
  fields: Fields,
  payUrl: string,
): { session: Session; lines: LineItem[] } {
  const mode = required(fields, 'mode');
  if (mode !== 'payment') {
    throw stripeFault(400, `Invalid mode: the sandbox only supports 'payment'.`, { param: 'mode' });
  }
  const successUrl = required(fields, 'success_url');
  requireUrl(successUrl, 'success_url');
  const cancelUrl = textOf(fields, 'cancel_url');
  if (cancelUrl !== null) requireUrl(cancelUrl, 'cancel_url');
  const lines = listOf(fields, 'line_items').map(lineItem);
  const [first] = lines;
  if (first === undefined) throw missing('line_items');
  if (lines.some((line) => line.currency !== first.currency)) {
    throw stripeFault(400, 'All line items must have the same currency.', { param: 'line_items' });
  }
  const total = lines.reduce((sum, line) => sum + line.amount_total, 0);
  if (total < LEAST_TOTAL) {
    throw stripeFault(400, 'The total amount due must add up to at least $0.50 usd.', {
      code: 'amount_too_small',
    });
  }
  if (total > MOST_TOTAL) throw stripeFault(400, 'Amount too large.', { code: 'amount_too_large' });

  const id = newId('cs_test');
  const email = textOf(fields, 'customer_email');
  if (email !== null && !email.includes('@')) {
    throw stripeFault(400, `Invalid email address: ${email}`, {
      code: 'email_invalid',
      param: 'customer_email',
    });
  }
  return {
    lines,
    session: {
      id,
      object: 'checkout.session',
      livemode: false,
      mode,
      status: 'open',
      payment_status: 'unpaid',
      amount_subtotal: total,
      amount_total: total,
      currency: first.currency,
      client_reference_id: textOf(fields, 'client_reference_id'),
      customer_email: email,
      customer_details: email === null ? null : { email },
      metadata: metadataOf(fields),
      payment_intent: null,
      payment_method_types: ['card'],
      success_url: successUrl,
      cancel_url: cancelUrl,
      url: `${payUrl}/pay/${id}`,
      expires_at: expiresAt(fields),
      created: nowSeconds(),
    },
  };
}

function lineItem(value: string | Fields, index: number): LineItem {
  const at = `line_items[${index}]`;
  if (typeof value === 'string') throw stripeFault(400, `Invalid ${at}.`, { param: at });
  const price = fieldsOf(value, 'price_data');
  const currency = required(price, 'currency', `${at}[price_data]`).toLowerCase();
  if (!/^[a-z]{3}$/.test(currency)) {
    throw stripeFault(400, `Invalid currency: ${currency}.`, {
      param: `${at}[price_data][currency]`,
    });
  }
  const name = required(fieldsOf(price, 'product_data'), 'name', `${at}[price_data][product_data]`);
  const amount = integer(price, 'unit_amount', 0, `${at}[price_data]`);
  const quantity = integer(value, 'quantity', 1, at);
  return {
    id: newId('li'),
    object: 'item',
    description: name,
    quantity,
    amount_subtotal: amount * quantity,
    amount_total: amount * quantity,
    currency,
    price: { unit_amount: amount, currency },
  };
}

function expiresAt(fields: Fields): number {
  const now = nowSeconds();
  const given = textOf(fields, 'expires_at');
  if (given === null) return now + EXPIRES_MOST;
  const at = Number(given);
  if (
    at < now + EXPIRES_LEAST - SLACK ||
    at > now + EXPIRES_MOST + SLACK ||
    !Number.isInteger(at)
  ) {
    throw stripeFault(
      400,
      'The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation.',
      { param: 'expires_at' },
    );
  }
  return at;
}

function required(fields: Fields, name: string, within?: string): string {
  const value = textOf(fields, name);
  if (value === null) throw missing(within === undefined ? name : `${within}[${name}]`);
  return value;
}

function missing(param: string): Error {
  return stripeFault(400, `Missing required param: ${param}.`, {
    code: 'parameter_missing',
    param,
  });
}

function requireUrl(value: string, param: string): void {
  if (!URL.canParse(value))
    throw stripeFault(400, 'Not a valid URL', { code: 'url_invalid', param });
}

/** @throws 400 `parameter_invalid_integer` */
export function integer(fields: Fields, name: string, least: number, within?: string): number {
  const param = within === undefined ? name : `${within}[${name}]`;
  const text = textOf(fields, name);
  if (text === null) throw missing(param);
  const value = Number(text);
  if (!/^-?\d+$/.test(text) || value < least) {
    throw stripeFault(400, `Invalid integer: ${text}`, {
      code: 'parameter_invalid_integer',
      param,
    });
  }
  return value;
}
