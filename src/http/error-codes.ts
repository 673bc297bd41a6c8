/** Every error code of the API: its HTTP status, and words that such an error really says. */

import type { BirthChoice } from '../domain/errors.ts';

interface ErrorKind {
  status: number;
  /** a `detail` as it is answered */
  detail: string;
  /** its `detail` is `<field>: <what to do>` */
  namesField?: boolean;
  question?: { field: string; choices: BirthChoice[] };
}

export const ERROR_CODES = {
  bad_request: {
    status: 400,
    detail: 'The body is not valid JSON. Check quotes, commas and brackets.',
  },
  webhook_signature: {
    status: 400,
    detail:
      'The Stripe-Signature header does not match this body, or is too old. Check STRIPE_WEBHOOK_SECRET, the clock, and that nothing changes the body in transit.',
  },
  webhook_event: {
    status: 400,
    detail:
      'The signature is valid, but this is not an event with an id, a type and an object. Send only Stripe events, in the usual ("snapshot") form.',
  },
  unauthorized: {
    status: 401,
    detail: 'Send the order\'s accessToken as "Authorization: Bearer <token>".',
  },
  not_paid: {
    status: 402,
    detail:
      'This order is not paid (awaiting_payment). Pay at its checkoutUrl. If you have paid, your bank has not confirmed it yet: ask again later.',
  },
  forged_request: { status: 403, detail: "Another site's page may not act for an operator." },
  not_found: {
    status: 404,
    detail: 'No order matches this id and token. Please check both.',
  },
  method_not_allowed: { status: 405, detail: 'This address takes GET, HEAD only.' },
  request_timeout: {
    status: 408,
    detail: 'The request was not complete within 20 s. Try again.',
  },
  payment_mismatch: {
    status: 409,
    detail:
      '3900 usd were due, 100 usd were paid. We have been alerted and will look into it. You do not need to do anything.',
  },
  report_not_ready: {
    status: 409,
    detail: 'This report is not finished yet. GET /v1/orders/:id shows its progress.',
  },
  report_state: { status: 409, detail: 'ord_c5Rk2mPzq8Wd-blueprint is delivered: it has ended.' },
  report_disputed: {
    status: 409,
    detail:
      'The payment of ord_c5Rk2mPzq8Wd-blueprint is disputed, or went back: nobody pays for what would be written. To retry it as a gift, say so: "gift": true beside "why", or --gift.',
  },
  report_asks_again: {
    status: 409,
    detail:
      'No model lives that ord_c5Rk2mPzq8Wd-blueprint can be finished with as it is. Under the newest version, 12 finished steps would be asked, and paid for, once more (version 1 to 2). To release it all the same, say so: "askAgain": true beside "why", or --ask-again.',
  },
  too_late_to_cancel: {
    status: 409,
    detail:
      'We have already started writing, or the order has ended, so it can no longer be cancelled. If something is wrong, please reply to any of our e-mails.',
  },
  too_late_to_change: {
    status: 409,
    detail:
      'We have already started writing, or the order has ended, so it can no longer be changed. If something is wrong, please reply to any of our e-mails.',
  },
  report_in_grace: {
    status: 409,
    detail:
      'Until 2026-11-28T12:10:00.000Z the customer may still correct or cancel the order of ord_c5Rk2mPzq8Wd-blueprint. To release it before because the customer asked for it, say so: "customerAsked": true beside "why", or --customer-asked.',
  },
  address_failed: {
    status: 409,
    detail:
      'E-mails to the address of this order come back to us. Please download the reports from the order page.',
  },
  refund_state: { status: 409, detail: 'There is already a refund: done.' },
  letter_state: {
    status: 409,
    detail: 'ready-ord_c5Rk2mPzq8Wd is delivered: only letters that did not arrive are sent again.',
  },
  link_expired: {
    status: 410,
    detail:
      'This link has expired. We can send a new one to the e-mail address of the order. You can also open the report from your order page, which is linked in the same e-mail.',
  },
  erased: { status: 410, detail: 'This report was erased, as requested.' },
  report_withdrawn: {
    status: 410,
    detail:
      'What was paid for this order went back, so its reports can no longer be downloaded. Answer any of our e-mails if this is wrong.',
  },
  body_too_large: {
    status: 413,
    detail: 'The body is larger than 64 KB (1 MB for events of the mail provider). Send less.',
  },
  unsupported_media_type: {
    status: 415,
    detail: 'Send the body as JSON, with "Content-Type: application/json".',
  },
  invalid_input: {
    status: 422,
    namesField: true,
    detail: 'birth.date: must be a date in the form YYYY-MM-DD, for example 1990-06-15',
  },
  ambiguous_birth: {
    status: 422,
    namesField: true,
    detail:
      'birth.fold: clocks showed 02:30 twice on 1990-09-30, when they were set back; give "earlier" (UTC+02:00: 1990-09-30T00:30:00Z) or "later" (UTC+01:00: 1990-09-30T01:30:00Z)',
    question: {
      field: 'birth.fold',
      choices: [
        { value: 'earlier', label: 'UTC+02:00', utc: '1990-09-30T00:30:00Z' },
        { value: 'later', label: 'UTC+01:00', utc: '1990-09-30T01:30:00Z' },
      ],
    },
  },
  idempotency_mismatch: {
    status: 422,
    namesField: true,
    detail:
      'Idempotency-Key: was already used with a different request; use a new key for a new order',
  },
  rate_limited: { status: 429, detail: 'Too many requests. Try again in 12 s.' },
  too_soon: {
    status: 429,
    detail:
      'We have just sent an e-mail with links. Please look for it, also in your spam folder, or try again in 2 minutes.',
  },
  headers_too_large: {
    status: 431,
    detail: 'Address and headers are longer than 16 KB. Send less.',
  },
  internal: {
    status: 500,
    detail: 'This is our fault. It has been logged; try again in a while.',
  },
  // what a service that we need said, or did not say: nothing was changed
  store_unavailable: away(),
  product_unavailable: {
    status: 503,
    detail:
      'Blueprint is not sold any more: it is written with the model gpt-4o, whose last day at its provider is 2027-01-14. Nothing was ordered or charged: choose another product, GET /v1/products says which are available.',
  },
  redis_unavailable: away(),
  stripe_unavailable: away(),
  stripe_answer: away(),
  blob_unavailable: away(),
  blob_rate_limited: away(),
  mail_event_early: away(),
  unavailable: away(),
} satisfies Readonly<Record<string, ErrorKind>>;

export type ErrorCode = keyof typeof ERROR_CODES;
export const ALL_CODES = Object.keys(ERROR_CODES).filter(isErrorCode);

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(ERROR_CODES, code);
}

/** What the payment provider can cause in any route that asks it. */
export const STRIPE_AWAY: ErrorCode[] = ['stripe_unavailable', 'stripe_answer'];
/** What the file store can cause in any route that asks it. */
export const BLOB_AWAY: ErrorCode[] = ['blob_unavailable', 'blob_rate_limited'];

function away() {
  const detail = 'A service that this needs is away at the moment. Nothing was changed: try again.';
  return { status: 503, detail } as const;
}
