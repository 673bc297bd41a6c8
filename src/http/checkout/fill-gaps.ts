/** Makes a whole order of one whose form is wrong, so that all else in it can be checked in the same answer. */
import type { z } from 'zod';
import type { OrderRequest } from '../../orders/place-order.ts';
import { birthFields, orderRequestSchema } from './order-request.ts';

/** What takes the place of a field that cannot be read. Nothing else is refused because of it. */
const NEUTRAL = {
  name: 'Somebody',
  date: '1800-01-01',
  time: null,
  // where each day begins first: a birth today is not in the future there
  place: { name: 'Anywhere', latitude: 0, longitude: 0, timeZone: 'Etc/GMT-14' },
};

/** @returns null when the body is no object at all */
export function fillGaps(body: unknown): OrderRequest | null {
  if (!isRecord(body)) return null;
  const birth = isRecord(body.birth) ? readable(birthFields, body.birth) : {};
  const order = readable(orderRequestSchema.shape, { ...body, birth: { ...NEUTRAL, ...birth } });
  const { email = '', products = [], birth: whole = NEUTRAL, ...rest } = order;
  return { ...rest, email, products, birth: whole };
}

/** Those fields that are as they should be. */
function readable<Shape extends Record<string, z.ZodType>>(
  shape: Shape,
  given: Record<string, unknown>,
): { [Name in keyof Shape]?: z.output<Shape[Name]> } {
  const entries = Object.entries(shape).flatMap(([name, schema]) => {
    const result = schema.safeParse(given[name]);
    return result.success && result.data !== undefined ? [[name, result.data]] : [];
  });
  return Object.fromEntries(entries);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
