/** The catalogue on the wire. */
import { z } from 'zod';
import { productIdSchema, reportProductSchema } from '../product-ids.ts';

export const productSchema = z
  .object({
    id: productIdSchema,
    title: z.string(),
    summary: z.string(),
    price: z.object({
      currency: z.string().describe('ISO 4217, lower case'),
      amountMinor: z.int().describe('in minor units, such as cents'),
    }),
    answers: z.int().describe('number of answers in the report'),
    pages: z.int().nullable().describe('pages of the PDF, if their number is fixed'),
    available: z.boolean().describe('false: an order for it is refused with 503'),
    unavailableReason: z.string().nullable().describe('why it is not sold now'),
    includes: z.array(reportProductSchema).describe('the products in a bundle'),
  })
  .meta({
    id: 'Product',
    examples: [
      {
        id: 'life-clarity',
        title: 'Life Clarity',
        summary: 'Nine chapters on where you stand.',
        price: { currency: 'usd', amountMinor: 900 },
        answers: 9,
        pages: null,
        available: true,
        unavailableReason: null,
        includes: [],
      },
    ],
  });

export const productsSchema = z
  .object({ products: z.array(productSchema) })
  .meta({ id: 'Products' });
