/** SendGrid's signed Event Webhook: ECDSA over timestamp and body (docs: "Event Webhook Security"). */
import { createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import { AlmanacError } from '../domain/errors.ts';
import type { Timings } from '../domain/patience.ts';
import type {
  MailBatch,
  MailEvent,
  MailEventType,
  ReadMailEvents,
} from '../domain/ports/mail-events.ts';

/**
 * SendGrid's kinds of event, and what each says of a letter; null: nothing that we act on. `deferred` only proves
 * that SendGrid has the letter: it tries again, and after three days says `blocked`. After `spamreport` and the kinds of
 * unsubscribing the letter did arrive; SendGrid drops the next one, and that is told.
 */
const KINDS: Readonly<Record<string, MailEventType | null>> = {
  processed: 'processed',
  deferred: 'processed',
  delivered: 'delivered',
  bounce: 'bounce',
  dropped: 'dropped',
  open: null,
  click: null,
  spamreport: null,
  unsubscribe: null,
  group_unsubscribe: null,
  group_resubscribe: null,
};

/** Bounds of what comes from outside. */
const LONGEST_ID = 300;
/** The year 2100, seconds. */
const LATEST = 4_102_444_800;
/** A provider's id has two dots at most. */
const MOST_IDS = 6;

const eventSchema = z.object({
  event: z.string().refine((kind) => Object.hasOwn(KINDS, kind)),
  timestamp: z.number().min(0).max(LATEST),
});
/** Each may be missing or of another type: one that is good is enough. */
const id = z.string().min(1).max(LONGEST_ID).nullable().catch(null);
const namesSchema = z.object({
  /** the custom argument that all our letters carry */
  key: id,
  sg_message_id: id,
  /** late bounces carry no `sg_message_id` (docs: "Event Webhook Reference") */
  'smtp-id': id,
  /** only for a bounce. `blocked`, `expired` and whatever may follow do not show that the address is bad */
  type: z.unknown().optional(),
});

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
    const batch: MailBatch = { events: [], odd: [] };
    for (const item of listOf(rawBody)) {
      const read = readEvent(item);
      if (typeof read === 'string') batch.odd.push(read);
      else if (read !== null) batch.events.push(read);
    }
    return batch;
  };
}

function listOf(rawBody: Buffer): unknown[] {
  try {
    return z.array(z.unknown()).parse(JSON.parse(rawBody.toString('utf8')));
  } catch (cause) {
    throw new AlmanacError('bad_request', 'The body is not a list of events.', { cause });
  }
}

/** @returns null for an event that means nothing to us; of an odd one, the part that is wrong */
function readEvent(item: unknown): MailEvent | string | null {
  const parsed = eventSchema.safeParse(item);
  if (!parsed.success) return parsed.error.issues[0]?.path.join('.') || 'not an object';
  const names = namesSchema.parse(item);
  const kind = KINDS[parsed.data.event] ?? null;
  if (kind === null) return null;
  const { key } = names;
  const providerIds = providerIdsOf(names.sg_message_id, names['smtp-id']);
  if (key === null && providerIds.length === 0) return 'key';
  const isHard = (names.type ?? 'bounce') === 'bounce';
  const type = kind === 'bounce' && !isHard ? 'blocked' : kind;
  return { type, key, providerIds, at: parsed.data.timestamp * 1_000 };
}

/**
 * What SendGrid's answer to our request may have been in `X-Message-Id`. `sg_message_id` is that id, a dot and more
 * (`XBg2anf2TqCy6WXKQFhieQ.filter0905p1mdw1-4434-59E0C6FF-3.0`; older ids have dots themselves: `14c5d75ce93.dfd.64b469`);
 * `smtp-id` is `<that id@a host>`. Source: SendGrid's support articles on X-Message-ID.
 */
function providerIdsOf(messageId: string | null, smtpId: string | null): string[] {
  const parts = (messageId ?? '').split('.').slice(0, MOST_IDS);
  const prefixes = parts.map((_, index) => parts.slice(0, index + 1).join('.'));
  const local = /^<?([^@<>]+)@/.exec(smtpId ?? '')?.[1];
  return [...new Set([...prefixes, ...(local ? [local] : [])])].filter((each) => each !== '');
}
