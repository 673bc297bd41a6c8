/** Reports on the wire, as operators see them. */
import { z } from 'zod';
import { reportStateSchema } from '../order-schema.ts';
import { reportProductSchema } from '../product-ids.ts';

export const reportIdParamsSchema = z.object({ reportId: z.string().max(120) });
export const stateQuerySchema = z.object({ state: reportStateSchema.default('failed') });

const why = z.string().trim().min(1).max(300).describe('kept in the audit');
export const whySchema = z.object({ why });
export const whyAndGiftSchema = whySchema.extend({
  gift: z
    .boolean()
    .optional()
    .describe('needed while the payment is disputed, or went back: nobody pays for it then'),
});
export const releaseSchema = whyAndGiftSchema.extend({
  askAgain: z
    .boolean()
    .optional()
    .describe(
      'needed if its model is gone, no successor lives and the newest version asks finished steps again: the refusal says how many',
    ),
});
/** For moves that let a report begin. */
export const customerAsked = {
  customerAsked: z
    .boolean()
    .optional()
    .describe('needed while the order is in its grace, which then ends for all its reports'),
};
export const whyAndStepSchema = whyAndGiftSchema.extend({
  fromStep: z
    .int()
    .min(1)
    .optional()
    .describe('ask this step and all later ones again; if left out: keep all that is stored'),
});

export const operatorReportSchema = z
  .object({
    reportId: z.string(),
    orderId: z.string(),
    product: reportProductSchema,
    version: z.int(),
    model: z.string().describe('that its missing steps are asked with'),
    edition: z.int(),
    state: reportStateSchema,
    reason: z.string().nullable(),
    attempts: z.int(),
    crashes: z.int().describe('since the last progress'),
    notBefore: z.string().nullable(),
    deadline: z.string(),
    heldAt: z.string().nullable(),
    runningMs: z.int(),
  })
  .meta({ id: 'OperatorReport' });

export const operatorReportsSchema = z
  .object({ reports: z.array(operatorReportSchema) })
  .meta({ id: 'OperatorReports' });

export const movedReportSchema = operatorReportSchema
  .extend({ gift: z.boolean().describe('nobody pays for what is written now') })
  .meta({ id: 'MovedReport' });
