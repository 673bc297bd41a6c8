/** Lets a customer in: an order opens with its own access token and no other. */
import { AlmanacError } from '../../domain/errors.ts';
import type { Order } from '../../domain/order.ts';
import { idOfToken } from '../../domain/token.ts';
import type { Needs } from '../needs.ts';

export interface OrderAccess {
  /**
   * @throws AlmanacError `unauthorized` without a token; `not_found` when it is another order's, so
   *   that an answer never reveals which orders exist
   */
  byId(orderId: string, token: string | null): Promise<Order>;
  /** @throws AlmanacError `not_found` when the token opens no order */
  byToken(token: string): Promise<Order>;
}

export function createOrderAccess({ store, tokens }: Needs<'store' | 'tokens'>): OrderAccess {
  async function byId(orderId: string, token: string | null): Promise<Order> {
    if (token === null) {
      throw new AlmanacError(
        'unauthorized',
        'Send the order\'s accessToken as "Authorization: Bearer <token>".',
      );
    }
    const order = await store.orders.find(orderId);
    if (order === null || !tokens.matches(token, 'access', order.id, order.accessGeneration)) {
      throw new AlmanacError('not_found', 'No order matches this id and token. Please check both.');
    }
    return order;
  }

  return {
    byId,
    byToken: (token) => byId(idOfToken(token) ?? '', token),
  };
}
