/** The order use cases of a house, with the adapters that only the API and the money commands need. Wiring only. */
import { resolveBirth } from './astrology/resolve-birth.ts';
import type { Places } from './domain/ports/sky.ts';
import { createTokens } from './domain/token.ts';
import type { House } from './open-house.ts';
import { createOrders, type Orders } from './orders/create-orders.ts';
import { createStripePayment } from './payment/stripe.ts';
import { unprintable } from './pdf/type/choose-fonts.ts';

export function openOrders(house: House, places: Places): Orders {
  const { config, timings, log } = house;
  const { publicUrl, stripeWebhookSecret: webhookSecret } = config;
  return createOrders({
    ...house,
    payment: createStripePayment({ ...config.providers.stripe, webhookSecret, timings, log }),
    places,
    resolveBirth,
    unprintable,
    tokens: createTokens(config.tokenSecret),
    publicUrl,
  });
}
