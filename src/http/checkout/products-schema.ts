/** The catalogue on the wire. */
import { z } from 'zod';

export const productSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    summary: z.string(),
    price: z.object({
      currency: z.string().describe('ISO 4217, lower case'),
      amountMinor: z.int().describe('minor units: cents'),
    }),
    answers: z.int().describe('answers that the report holds'),
    pages: z.int().nullable().describe('pages of the PDF, where they are fixed'),
    includes: z.array(z.string()).describe('products that a bundle is made of'),
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
        includes: [],
      },
    ],
  });

export const productsSchema = z
  .object({ products: z.array(productSchema) })
  .meta({ id: 'Products' });
