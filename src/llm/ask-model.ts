/** Asks the provider whether it has a model, and until which day. */
import type OpenAI from 'openai';
import { z } from 'zod';
import { NeedsOperator } from '../domain/errors.ts';
import { readDay } from '../domain/model-day.ts';
import { MODEL_GONE } from '../domain/report.ts';
import { brokenBody, classifyFault } from './classify-fault.ts';

/** `lastDay` undefined: nothing that can be believed was said; `odd`: what was said instead. */
export type ModelAnswer =
  | { has: true; lastDay: string | null | undefined; odd?: string }
  | { has: false };

/** @throws NeedsOperator for a refused key, TransientFault when the provider is away */
export type AskModel = (name: string) => Promise<ModelAnswer>;

/** A proxy's page is no sign that the model exists. The date is read by itself: an odd one says nothing of the model. */
const modelSchema = z.object({ id: z.string(), shutdown_date: z.unknown().optional() });
const LONGEST_ODD = 40;

export function createAskModel(
  client: OpenAI,
  { timeoutMs, clock }: { timeoutMs: number; clock: () => Date },
): AskModel {
  return async (name) => {
    const now = clock();
    let told: unknown;
    try {
      told = await client.models.retrieve(name, { timeout: timeoutMs });
    } catch (error) {
      const fault = classifyFault(error, now);
      if (fault instanceof NeedsOperator && fault.code === MODEL_GONE) return { has: false };
      throw fault;
    }
    const model = modelSchema.safeParse(told);
    if (!model.success) throw brokenBody();
    const { shutdown_date: date } = model.data;
    if (date === null || date === undefined) return { has: true, lastDay: date };
    const lastDay = typeof date === 'string' ? readDay(date, now) : undefined;
    if (lastDay !== undefined) return { has: true, lastDay };
    return { has: true, lastDay, odd: JSON.stringify(date).slice(0, LONGEST_ODD) };
  };
}
