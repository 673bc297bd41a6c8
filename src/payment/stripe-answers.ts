/** What Stripe answers, checked before it is believed. An answer that does not fit is a ZodError, a fault of Stripe's. */
import { z } from 'zod';

const id = z.string().min(1);
const minor = z.int().nonnegative();
const currency = z.string().regex(/^[a-z]{3}$/);
/** An object, or only its id. */
const reference = z
  .union([id, z.object({ id }).transform((object) => object.id)])
  .nullish()
  .transform((value) => value ?? null);
const metadata = z
  .record(z.string(), z.unknown())
  .nullish()
  .transform((value) => value ?? {});

export const sessionSchema = z.object({
  id,
  client_reference_id: z.string().nullish(),
  // a status or type that Stripe may add one day is no reason to refuse the rest
  status: z.string().nullish(),
  payment_status: z.string(),
  amount_total: minor.nullish(),
  currency: currency.nullish(),
  payment_intent: reference,
  url: z.unknown(),
});
export type SessionAnswer = z.infer<typeof sessionSchema>;

export const intentSchema = z.object({ id, amount_received: minor, metadata });
export const chargeSchema = z.object({ id, payment_intent: reference });
export const warningSchema = z.object({ id, charge: reference, payment_intent: reference });

export const refundSchema = z.object({
  id,
  amount: minor,
  status: z.string().nullish(),
  payment_intent: reference,
  metadata,
});
export type RefundAnswer = z.infer<typeof refundSchema>;

export const disputeSchema = z.object({
  id,
  amount: minor,
  status: z.string(),
  payment_intent: reference,
});
export type DisputeAnswer = z.infer<typeof disputeSchema>;

export const eventSchema = z.object({
  id,
  type: z.string().min(1),
  // some objects, such as a balance, have no id, but we act on none of those
  data: z.object({ object: z.object({ id: z.string().default('') }) }),
});

const pageSchema = z.object({ data: z.array(z.unknown()), has_more: z.boolean() });
const cursorSchema = z.object({ id });

/** @throws ZodError when it is no page of a list */
export const pageOf = (answer: unknown) => pageSchema.parse(answer);

/** Pages of 100. A list that is longer is cut off by an error, never believed to be whole. */
const MOST_PAGES = 200;

/**
 * All of a list, page after page; the items as they came.
 * @param ask for the page after this id
 * @throws ZodError when a page is not one; Error when the list does not end
 */
export async function* itemsOf(
  ask: (after: string | undefined) => Promise<unknown>,
): AsyncGenerator<unknown> {
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const { data, has_more } = pageOf(await ask(after));
    yield* data;
    if (!has_more) return;
    after = cursorSchema.parse(data.at(-1)).id;
  }
  throw new Error('a list of Stripe does not end');
}

/**
 * @param address where the API sends a customer to pay
 * @param sandbox whether Stripe's stand-in answers, whose pages are plain http on this machine
 * @returns whether a browser may be sent there
 */
export function isPayPage(address: unknown, sandbox: boolean): address is string {
  if (typeof address !== 'string' || !URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const local = ['127.0.0.1', 'localhost', '[::1]'].includes(hostname);
  return protocol === 'https:' || (sandbox && protocol === 'http:' && local);
}
