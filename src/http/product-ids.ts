/**
 * Ids of products on the wire. Routes take any text, so that the catalogue can say what there is, and an order can
 * keep a product that is no longer sold. The document lists this catalogue's ids.
 */
import { z } from 'zod';

export const productIdSchema = z
  .string('must be a product id, for example "life-clarity"')
  .max(60)
  .meta({ id: 'ProductId', description: 'what can be ordered' });

export const reportProductSchema = z
  .string()
  .max(60)
  .meta({ id: 'ReportProduct', description: 'what a report is written for' });
