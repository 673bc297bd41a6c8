import { type Client } from './generated/client/index.ts';
import type { ConfirmedOrder, Erased, Order, OrderRequest, PlacedOrder, Places, Product, ReportProduct } from './generated/types.gen.ts';
import { type Fetch, type RequestPatience } from './repeating-fetch.ts';
import { type WatchOptions } from './watch-order.ts';
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
    searchPlaces(query: string, options?: CallOptions & {
        limit?: number;
    }): Promise<Places>;
    /** Send the customer to `checkoutUrl` next, and keep `accessToken`: it alone opens the order. */
    placeOrder(request: OrderRequest, options?: PlaceOrderOptions): Promise<PlacedOrder>;
    /** @throws AlmanacError `not_paid` while the payment has not arrived */
    confirmPayment(orderId: string, options?: OrderCallOptions): Promise<ConfirmedOrder>;
    readOrder(orderId: string, options?: OrderCallOptions): Promise<Order>;
    /** The order now and after each change, for `for await`. Ends when nothing more will happen. */
    watchOrder(orderId: string, options?: WatchOptions): AsyncGenerator<Order, void>;
    /** @throws AlmanacError `too_late_to_cancel` */
    cancelOrder(orderId: string, options?: OrderCallOptions): Promise<ConfirmedOrder>;
    /** To the order's e-mail address. @throws AlmanacError `too_soon` */
    sendLinksAgain(orderId: string, options?: OrderCallOptions): Promise<void>;
    /** @returns an address of the PDF that works for minutes and needs no token: open it, do not store it */
    reportAddress(orderId: string, product: ReportProduct, options?: OrderCallOptions): Promise<string>;
    /** Removes name, birth, e-mail address and PDFs for good. */
    eraseOrder(orderId: string, options?: OrderCallOptions): Promise<Erased>;
    /** for the functions of `almanac-client/operations` */
    client: Client;
}
export declare function createAlmanac(options?: AlmanacOptions): Almanac;
