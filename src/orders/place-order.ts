/** A customer orders: everything is checked, the checkout is opened, then the order is stored. */
import { createHash } from 'node:crypto';
import type { AskedBirth, Birth, HouseSystem, Place, Subject, Zodiac } from '../domain/birth.ts';
import { AlmanacError, type FieldIssue, InvalidInput } from '../domain/errors.ts';
import { newId } from '../domain/ids.ts';
import { newOrder, type Order } from '../domain/order.ts';
import type { Places } from '../domain/ports/sky.ts';
import type { Store } from '../domain/ports/store.ts';
import type { Tokens } from '../domain/token.ts';
import { type BirthInstant, birthInstantOf } from './birth-instant.ts';
import { allPass, collectFaults } from './checkout/collect-faults.ts';
import { priceProducts } from './checkout/price-products.ts';
import { reportYearOf } from './checkout/report-year.ts';
import type { Needs } from './needs.ts';
import { readOnSale, refuseUnsold } from './on-sale.ts';
import { refuseUnprintable } from './refuse-unprintable.ts';

export interface OrderRequest {
  email: string;
  products: string[];
  birth: Omit<Birth, 'place'> & { place: Place | { id: string; timeZone?: string } };
  /** zone of the report year's civil days; when left out, the birth place's */
  timeZone?: string;
  /** YYYY-MM-DD; today in that zone when left out */
  startDate?: string;
  houseSystem?: HouseSystem;
  zodiac?: Zodiac;
}

export interface PlacedOrder {
  orderId: string;
  accessToken: string;
  checkoutUrl: string | null;
  status: Order['state'];
  /** null once it was erased */
  birth: BirthInstant | null;
}

export type PlaceOrderDeps = Needs<
  | 'store'
  | 'catalogue'
  | 'payment'
  | 'places'
  | 'resolveBirth'
  | 'unprintable'
  | 'tokens'
  | 'publicUrl'
  | 'log'
  | 'clock'
>;

type CheckOrderDeps = Pick<
  PlaceOrderDeps,
  'catalogue' | 'places' | 'resolveBirth' | 'unprintable' | 'clock'
>;

/**
 * With an idempotency key the same request gives the same order, even if the first was cut short.
 * @throws InvalidInput naming fields; AlmanacError `idempotency_mismatch` for a key that was used
 *   with another request, `product_unavailable`; TransientFault when the provider is away: then nothing is stored
 */
export type PlaceOrder = (
  request: OrderRequest,
  idempotencyKey: string | null,
) => Promise<PlacedOrder>;

export function createPlaceOrder(deps: PlaceOrderDeps): PlaceOrder {
  const { store, catalogue, payment, tokens, clock } = deps;
  const checkOrder = createCheckOrder(deps);

  return async (request, idempotencyKey) => {
    const now = clock();
    const faults = checkOrder(request);
    if (faults.length > 0) throw new InvalidInput(faults);
    const { lines, ...charged } = priceProducts(catalogue, request.products);
    const subject = subjectOf(request, deps, now);
    const id = await orderIdFor(store, request, idempotencyKey, now);

    const stored = await store.orders.find(id);
    if (stored !== null) return placed(stored, tokens);

    refuseUnsold(request.products, catalogue, await readOnSale(deps));
    const { email, products } = request;
    const reportYearAsked = { timeZone: request.timeZone, startDate: request.startDate };
    const draft = newOrder({ id, email, products, ...charged, subject, reportYearAsked }, now);
    // The checkout comes first: without it the order is worth nothing, and an unused checkout
    // expires by itself. The provider makes one per order id, so a repeat finds the same one.
    const returnUrl = `${deps.publicUrl}/o/${tokens.make('access', id, draft.accessGeneration)}`;
    const checkout = await payment.openCheckout(draft, lines, returnUrl);
    const order = { ...draft, checkoutSessionId: checkout.sessionId, checkoutUrl: checkout.url };
    return placed(await insertOnce(store, order), tokens);
  };
}

/** What is wrong with an order beyond its form, all at once: one entry per field. */
export type CheckOrder = (request: OrderRequest) => FieldIssue[];

/** For what can be told of a birth without its place: each day begins here first, and no clock was ever changed. */
const ANYWHERE: Place = { name: 'Anywhere', latitude: 0, longitude: 0, timeZone: 'Etc/GMT-14' };
/** For what can be told of a report year without its birth. */
const SOMEBODY = { name: 'Somebody', date: '1800-01-01', time: null, place: ANYWHERE };

export function createCheckOrder(deps: CheckOrderDeps): CheckOrder {
  return (request) => {
    const now = deps.clock();
    const price = () => priceProducts(deps.catalogue, request.products);
    const subject = (birth: OrderRequest['birth']) => () =>
      subjectOf({ ...request, birth }, deps, now);
    const words = () => refuseUnprintable(request.birth, deps.unprintable);
    const asked = [price, words, subject(request.birth)];
    if (allPass(asked)) return [];
    // a fault of the place hides those of the birth, and both hide those of the report year
    const elsewhere = subject({ ...request.birth, place: ANYWHERE });
    const faults = collectFaults([...asked, elsewhere, subject(SOMEBODY)]);
    const first = ({ field }: FieldIssue) => faults.find((other) => other.field === field);
    return faults.filter((each) => first(each) === each);
  };
}

/**
 * @param now when the order is placed
 * @throws InvalidInput naming fields
 */
export function subjectOf(
  request: Omit<OrderRequest, 'email' | 'products'>,
  deps: Needs<'places' | 'resolveBirth'>,
  now: Date,
): Subject {
  const { place: wanted, ...birth } = request.birth;
  const where =
    'id' in wanted ? findPlace(deps.places, wanted.id, wanted.timeZone) : { place: wanted };
  const resolved = deps.resolveBirth({ ...birth, ...where });
  if (new Date(resolved.utc) > now) {
    const message = `${birth.date} is in the future; give the date of birth`;
    throw new InvalidInput([{ field: 'birth.date', message }]);
  }
  return {
    birth: resolved,
    reportYear: reportYearOf(request, resolved, now),
    houseSystem: request.houseSystem ?? 'placidus',
    zodiac: request.zodiac ?? 'tropical',
  };
}

/** @param chosen the customer's answer, where two zones are in use; null asks, if that makes a difference */
function findPlace(
  places: Places,
  id: string,
  chosen: string | null = null,
): Pick<AskedBirth, 'place' | 'otherZone'> {
  const found = places.find(id);
  if (found === null) {
    const message =
      'no place has this id; use one from GET /v1/places?q=, or give {name, latitude, longitude, timeZone}';
    throw new InvalidInput([{ field: 'birth.place.id', message }]);
  }
  const { name, latitude, longitude, timeZone, otherZone } = found;
  const place = { name, latitude, longitude, timeZone };
  if (chosen === null) return otherZone === undefined ? { place } : { place, otherZone };
  const zones = [timeZone, ...(otherZone === undefined ? [] : [otherZone.timeZone])];
  if (!zones.includes(chosen)) {
    const message = `${chosen} is not in use in ${name}; give ${zones.join(' or ')}, or leave it out`;
    throw new InvalidInput([{ field: 'birth.place.timeZone', message }]);
  }
  return { place: { ...place, timeZone: chosen } };
}

/** The first request with a key fixes the order's id; a repeat continues with that order. */
async function orderIdFor(
  store: Store,
  request: OrderRequest,
  key: string | null,
  now: Date,
): Promise<string> {
  const orderId = newId('ord');
  if (key === null) return orderId;
  const bodyHash = createHash('sha256').update(JSON.stringify(request)).digest('hex');
  const row = { key, bodyHash, orderId, createdAt: now.toISOString() };
  const stands = await store.idempotencyKeys.insert(row);
  if (stands.bodyHash !== bodyHash) {
    const message = 'was already used with a different request; use a new key for a new order';
    throw new AlmanacError('idempotency_mismatch', `Idempotency-Key: ${message}`, {
      issues: [{ field: 'Idempotency-Key', message }],
    });
  }
  return stands.orderId;
}

/** Two requests with one key may arrive at once: the first to insert wins, both get that order. */
async function insertOnce(store: Store, order: Order): Promise<Order> {
  try {
    await store.orders.insert(order);
    return order;
  } catch (error) {
    const winner = await store.orders.find(order.id);
    if (winner === null) throw error;
    return winner;
  }
}

function placed(order: Order, tokens: Tokens): PlacedOrder {
  return {
    orderId: order.id,
    accessToken: tokens.make('access', order.id, order.accessGeneration),
    checkoutUrl: order.checkoutUrl,
    status: order.state,
    birth: birthInstantOf(order),
  };
}
