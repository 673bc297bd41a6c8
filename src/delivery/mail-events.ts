/** SendGrid's signed Event Webhook: ECDSA over timestamp and body (docs: "Event Webhook Security"). */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { AlmanacError } from '../domain/errors.ts';
import type { Timings } from '../domain/patience.ts';
import type { MailEventType, ReadMailEvents } from '../domain/ports/mail-events.ts';

const KNOWN: readonly MailEventType[] = ['processed', 'delivered', 'bounce', 'dropped'];

const eventsSchema = z.array(
  z.looseObject({
    event: z.string(),
    timestamp: z.number(),
    /** the custom argument that all our letters carry */
    key: z.string().optional(),
    /** only for a bounce: `blocked` is temporary, the address is good */
    type: z.string().optional(),
  }),
);

export interface MailEventOptions {
  /** base64 DER, as SendGrid shows it */
  publicKey: string;
  timings: Pick<Timings, 'stripeTolerance'>;
  clock: () => Date;
}

/** @throws TypeError when it is not a key */
export function createReadMailEvents(options: MailEventOptions): ReadMailEvents {
  const key = createPublicKey({
    key: Buffer.from(options.publicKey, 'base64'),
    format: 'der',
    type: 'spki',
  });

  return (rawBody, { signature, timestamp }) => {
    const ageMs = Math.abs(options.clock().getTime() - Number(timestamp) * 1_000);
    const fresh = ageMs <= Math.max(5_000, options.timings.stripeTolerance);
    const signed = Buffer.concat([Buffer.from(timestamp), rawBody]);
    if (!fresh || !verify('sha256', signed, key, Buffer.from(signature, 'base64'))) {
      throw new AlmanacError(
        'webhook_signature',
        'The signature does not match this body, or is too old. Check SENDGRID_WEBHOOK_PUBLIC_KEY, the clock, and that nothing changes the body in transit.',
      );
    }
    return read(rawBody).flatMap((event) => {
      const type = KNOWN.find((known) => known === event.event);
      if (type === undefined || event.key === undefined) return [];
      if (type === 'bounce' && event.type === 'blocked') return [];
      return [{ type, key: event.key, at: event.timestamp * 1_000 }];
    });
  };
}

function read(rawBody: Buffer): z.infer<typeof eventsSchema> {
  try {
    return eventsSchema.parse(JSON.parse(rawBody.toString('utf8')));
  } catch (cause) {
    throw new AlmanacError('bad_request', 'The body is not a list of events.', { cause });
  }
}
