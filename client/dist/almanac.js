/** The API as a front end uses it: one function per thing that a customer does. */
import { AlmanacError, errorFor } from "./errors.js";
import { createClient, createConfig } from "./generated/client/index.js";
import * as api from "./generated/sdk.gen.js";
import { createOrderKeys } from "./order-keys.js";
import { REQUEST_PATIENCE, repeatingFetch, } from "./repeating-fetch.js";
import { watchOrder } from "./watch-order.js";
export function createAlmanac(options = {}) {
    const baseUrl = (options.baseUrl ?? '').replace(/\/+$/, '');
    // a page may replace its fetch later, and some demand to be called as a function of the window
    const platform = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
    const fetch = repeatingFetch(platform, { ...REQUEST_PATIENCE, ...options.patience });
    const client = createClient(createConfig({ baseUrl, fetch: fetch }));
    client.interceptors.error.use(errorFor);
    const keys = createOrderKeys();
    const tokens = new Map();
    const tokenOf = (orderId, given) => given ?? tokens.get(orderId) ?? options.accessToken;
    const common = ({ signal } = {}) => ({ client, throwOnError: true, ...(signal && { signal }) });
    const ofOrder = (orderId, given = {}) => {
        const token = tokenOf(orderId, given.accessToken);
        return { ...common(given), ...(token && { auth: token }), path: { orderId } };
    };
    const readOrder = async (orderId, given) => (await api.readOrder(ofOrder(orderId, given))).data;
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
            }
            catch (error) {
                // refused for what it says: the corrected order is another one
                if (error instanceof AlmanacError && !error.passes)
                    keys.settle(body);
                throw error;
            }
        },
        confirmPayment: async (id, given) => (await api.confirmPayment(ofOrder(id, given))).data,
        watchOrder(orderId, given = {}) {
            const token = tokenOf(orderId, given.accessToken);
            const headers = token ? { authorization: `Bearer ${token}` } : {};
            const url = `${baseUrl}/v1/orders/${encodeURIComponent(orderId)}/events`;
            const read = (signal) => readOrder(orderId, { signal, ...(token && { accessToken: token }) });
            return watchOrder({ url, fetch: platform, headers, readOrder: read }, given);
        },
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
