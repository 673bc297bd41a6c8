/** The API as a front end uses it: one function per thing that a customer does. */
import { AlmanacError, errorFor } from './errors.ts';
import { type Client, createClient, createConfig } from './generated/client/index.ts';
import * as api from './generated/sdk.gen.ts';
import type {
  Birth,
  ConfirmedOrder,
  Erased,
  Order,
  OrderRequest,
  PlacedOrder,
  Places,
  Product,
  ReportProduct,
} from './generated/types.gen.ts';
import { createOrderKeys } from './order-keys.ts';
import {
  type Fetch,
  REQUEST_PATIENCE,
  type RequestPatience,
  repeatingFetch,
} from './repeating-fetch.ts';
import { type WatchOptions, watchOrder } from './watch-order.ts';

export interface AlmanacOptions {
  /** where the API is: https://almanac.example; left out: where the page came from */
  baseUrl?: string;
  /** of the order that this page is about; those of orders placed here are remembered besides */
  accessToken?: string;
  /** in place of the platform's own */
  fetch?: Fetch;
  patience?: Partial<RequestPatience>;
}

export interface CallOptions {
  signal?: AbortSignal;
}
export interface OrderCallOptions extends CallOptions {
  accessToken?: string;
}
export interface PlaceOrderOptions extends CallOptions {
  /** left out: one is made, and used again when the same order is sent again after a fault */
  idempotencyKey?: string;
}

/** All of it throws AlmanacError, and the signal's reason when it is aborted. */
export interface Almanac {
  listProducts(options?: CallOptions): Promise<Product[]>;
  /** @param query a place's name or its beginning */
  searchPlaces(query: string, options?: CallOptions & { limit?: number }): Promise<Places>;
  /** Send the customer to `checkoutUrl` next, and keep `accessToken`: it alone opens the order. */
  placeOrder(request: OrderRequest, options?: PlaceOrderOptions): Promise<PlacedOrder>;
  /** @throws AlmanacError `not_paid` while the payment has not arrived */
  confirmPayment(orderId: string, options?: OrderCallOptions): Promise<ConfirmedOrder>;
  readOrder(orderId: string, options?: OrderCallOptions): Promise<Order>;
  /** The order now and after each change, for `for await`. Ends when nothing more will happen. */
  watchOrder(orderId: string, options?: WatchOptions): AsyncGenerator<Order, void>;
  /** Ends the minutes in which it can be corrected. @throws AlmanacError `too_late_to_change` */
  startOrder(orderId: string, options?: OrderCallOptions): Promise<ConfirmedOrder>;
  /** @param birth the whole birth, as in an order. @throws AlmanacError `too_late_to_change` */
  correctOrder(orderId: string, birth: Birth, options?: OrderCallOptions): Promise<ConfirmedOrder>;
  /** @throws AlmanacError `too_late_to_cancel` */
  cancelOrder(orderId: string, options?: OrderCallOptions): Promise<ConfirmedOrder>;
  /** To the order's e-mail address. @throws AlmanacError `too_soon` */
  sendLinksAgain(orderId: string, options?: OrderCallOptions): Promise<void>;
  /** @returns an address of the PDF that works for minutes and needs no token: open it, do not store it */
  reportAddress(
    orderId: string,
    product: ReportProduct,
    options?: OrderCallOptions,
  ): Promise<string>;
  /** Removes name, birth, e-mail address and PDFs for good. */
  eraseOrder(orderId: string, options?: OrderCallOptions): Promise<Erased>;
  /** for the functions of `almanac-client/operations` */
  client: Client;
}

export function createAlmanac(options: AlmanacOptions = {}): Almanac {
  const baseUrl = (options.baseUrl ?? '').replace(/\/+$/, '');
  // a page may replace its fetch later, and some demand to be called as a function of the window
  const platform: Fetch = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  const fetch = repeatingFetch(platform, { ...REQUEST_PATIENCE, ...options.patience });
  const client = createClient(createConfig({ baseUrl, fetch: fetch as typeof globalThis.fetch }));
  client.interceptors.error.use(errorFor);

  const keys = createOrderKeys();
  const tokens = new Map<string, string>();
  const tokenOf = (orderId: string, given?: string): string | undefined =>
    given ?? tokens.get(orderId) ?? options.accessToken;
  const common = ({ signal }: CallOptions = {}) =>
    ({ client, throwOnError: true, ...(signal && { signal }) }) as const;
  const ofOrder = (orderId: string, given: OrderCallOptions = {}) => {
    const token = tokenOf(orderId, given.accessToken);
    return { ...common(given), ...(token && { auth: token }), path: { orderId } };
  };
  const readOrder: Almanac['readOrder'] = async (orderId, given) =>
    (await api.readOrder(ofOrder(orderId, given))).data;

  return {
    client,
    readOrder,
    listProducts: async (given) => (await api.listProducts(common(given))).data.products,
    async searchPlaces(q, given = {}) {
      const query = given.limit === undefined ? { q } : { q, limit: given.limit };
      return (await api.searchPlaces({ ...common(given), query })).data;
    },
    async placeOrder(body, given = {}) {
      const key = given.idempotencyKey ?? keys.keyFor(body);
      try {
        const headers = { 'idempotency-key': key };
        const { data } = await api.placeOrder({ ...common(given), body, headers });
        keys.settle(body);
        tokens.set(data.orderId, data.accessToken);
        return data;
      } catch (error) {
        // refused for what it says: the corrected order is another one
        if (error instanceof AlmanacError && !error.passes) keys.settle(body);
        throw error;
      }
    },
    confirmPayment: async (id, given) => (await api.confirmPayment(ofOrder(id, given))).data,
    watchOrder(orderId, given = {}) {
      const token = tokenOf(orderId, given.accessToken);
      const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
      const url = `${baseUrl}/v1/orders/${encodeURIComponent(orderId)}/events`;
      const read = (signal: AbortSignal) =>
        readOrder(orderId, { signal, ...(token && { accessToken: token }) });
      return watchOrder({ url, fetch: platform, headers, readOrder: read }, given);
    },
    startOrder: async (id, given) => (await api.startOrder(ofOrder(id, given))).data,
    correctOrder: async (id, birth, given) =>
      (await api.correctOrder({ ...ofOrder(id, given), body: { birth } })).data,
    cancelOrder: async (id, given) => (await api.cancelOrder(ofOrder(id, given))).data,
    async sendLinksAgain(id, given) {
      await api.sendLinksAgain(ofOrder(id, given));
    },
    async reportAddress(orderId, product, given) {
      const call = { ...ofOrder(orderId, given), path: { orderId, product } };
      const { data } = await api.openReport({ ...call, headers: { accept: 'application/json' } });
      return data.url;
    },
    eraseOrder: async (id, given) => (await api.eraseOrder(ofOrder(id, given))).data,
  };
}
