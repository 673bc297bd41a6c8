/** The use cases around money and erasure, for commands that run next to the API, with its keys. */
import { openPlaces } from '../../src/astrology/places.ts';
import type { House } from '../../src/open-house.ts';
import { openOrders } from '../../src/open-orders.ts';
import type { Orders } from '../../src/orders/create-orders.ts';
import { openHouseOfCommand } from './environment.ts';

/** @returns what `work` returns; everything is closed after it */
export async function withOrders<T>(
  work: (tools: { orders: Orders; house: House }) => Promise<T>,
): Promise<T> {
  const house = await openHouseOfCommand('api');
  try {
    return await work({ orders: openOrders(house, openPlaces()), house });
  } finally {
    await house.close();
  }
}
