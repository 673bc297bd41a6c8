/** Orders on the wire, as customers see them. */
import { z } from 'zod';
import { EMAIL_KINDS, EMAIL_STATES, LETTER_KINDS } from '../domain/email.ts';
import { ORDER_STATES, REPORT_STATES } from '../domain/transitions.ts';
import { productIdSchema, reportProductSchema } from './product-ids.ts';

export const orderParamsSchema = z.object({ orderId: z.string().max(80) });
export const reportParamsSchema = orderParamsSchema.extend({ product: reportProductSchema });
export const tokenParamsSchema = z.object({ token: z.string().max(200) });

const status = z.enum(ORDER_STATES).meta({ id: 'OrderState' });
/** The document lists the values; a row of a later release that we read again may hold others. */
const listed = (id: string, values: readonly string[]) =>
  z.string().meta({ id, enum: [...values] });
const letterKindSchema = listed('LetterKind', LETTER_KINDS);
/** Operators have alerts besides. */
export const operatorLetterKindSchema = listed('OperatorLetterKind', EMAIL_KINDS);
export const letterStateSchema = listed('LetterState', EMAIL_STATES);

const birth = z
  .object({
    utc: z.string().describe('the instant of the birth; local noon if the time is unknown'),
    offsetSeconds: z.int().describe('of the local time from UTC, east positive'),
    offsetUncertain: z
      .string()
      .nullable()
      .describe(
        'why this offset is uncertain, or null; who knows a better one orders with `birth.utcOffset`',
      ),
  })
  .meta({ id: 'BirthInstant' })
  .nullable()
  .describe('null once the personal data was removed');

export const placedOrderSchema = z
  .object({
    orderId: z.string(),
    accessToken: z.string().describe('opens this order: keep it secret'),
    checkoutUrl: z.string().nullable().describe('where to pay'),
    status,
    birth,
  })
  .meta({ id: 'PlacedOrder' });

export const confirmedOrderSchema = z
  .object({ orderId: z.string(), status })
  .meta({ id: 'ConfirmedOrder' });

export const reportStateSchema = z.enum(REPORT_STATES).meta({ id: 'ReportState' });

const reportSchema = z
  .object({
    product: reportProductSchema,
    title: z.string(),
    state: reportStateSchema,
    progress: z.object({
      done: z.int().describe('steps done'),
      total: z.int(),
      etaSeconds: z.int().nullable().describe('null while unknown'),
      pagesDrawn: z.int().optional().describe('pages so far, while the PDF is rendered'),
    }),
    pages: z.int().nullable(),
    links: z
      .object({
        download: z.string().describe('needs the access token'),
        shared: z.string().nullable().describe('the link in the e-mail: needs no token, expires'),
        expiresAt: z.string().nullable(),
      })
      .nullable()
      .describe('null until delivered'),
  })
  .meta({ id: 'Report' });

export const orderSchema = z
  .object({
    orderId: z.string(),
    status,
    revision: z.int().describe('grows with every change'),
    products: z.array(productIdSchema).describe('as ordered'),
    amountMinor: z.int(),
    currency: z.string(),
    refundedMinor: z.int().describe('what went back so far'),
    refundDueMinor: z.int().describe('what is on its way back beside that'),
    createdAt: z.string(),
    paidAt: z.string().nullable(),
    checkoutUrl: z.string().nullable(),
    reports: z.array(reportSchema).describe('empty until the order is paid'),
    emails: z.array(
      z
        .object({
          kind: letterKindSchema,
          state: letterStateSchema.describe(
            '`bounced`, `blocked` and `failed` ones did not arrive',
          ),
          sentAt: z.string().nullable(),
        })
        .meta({ id: 'SentLetter' }),
    ),
    birth,
    cancellable: z.boolean(),
    correctable: z.boolean().describe('whether its birth can still be corrected'),
    graceEndsAt: z
      .string()
      .nullable()
      .describe(
        'when its reports begin, unless they are started now; null: nothing waits for that',
      ),
    erased: z.boolean().describe('the personal data was removed; no reports are left'),
    erasureWaits: z
      .boolean()
      .describe('it was asked for, and is done once the bank has decided about the payment'),
  })
  .meta({ id: 'Order' });

export const pdfAddressSchema = z
  .object({ url: z.string().describe('short-lived address of the PDF, which needs no token') })
  .meta({ id: 'PdfAddress' });

export const queuedSchema = z.object({ queued: z.literal(true) }).meta({ id: 'Queued' });

export const erasedSchema = z
  .object({
    orderId: z.string(),
    sections: z.int(),
    modelAnswers: z.int().describe('raw answers kept for a resumed run'),
    facts: z.int().describe('charts and period facts'),
    links: z.int(),
    pdfs: z.int(),
    refundDueMinor: z
      .int()
      .describe('what goes back for reports that were paid and not delivered, minor units'),
    currency: z.string(),
    waitsForDispute: z
      .boolean()
      .describe('nothing was removed yet: it is once the bank has decided about the payment'),
  })
  .meta({ id: 'Erased', description: 'Counts of what was removed' });

/** Loose, so that the other headers are kept. */
export const eventsHeaderSchema = z.looseObject({
  'last-event-id': z
    .string()
    .regex(/^\d{1,15}$/, 'must be the id of an event from this stream, a number')
    .optional()
    .describe('last revision seen'),
});
