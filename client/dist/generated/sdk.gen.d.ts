import type { Client, ClientMeta, Options as Options2, RequestResult, ServerSentEventsResult, TDataShape } from './client/index.ts';
import type { CancelOrderData, CancelOrderErrors, CancelOrderResponses, CancelReportData, CancelReportErrors, CancelReportResponses, ConfirmPaymentData, ConfirmPaymentErrors, ConfirmPaymentResponses, EraseOrderData, EraseOrderErrors, EraseOrderResponses, HastenReportData, HastenReportErrors, HastenReportResponses, HoldReportData, HoldReportErrors, HoldReportResponses, IsAliveData, IsAliveErrors, IsAliveResponses, IsReadyData, IsReadyErrors, IsReadyResponses, ListProductsData, ListProductsErrors, ListProductsResponses, ListReportsData, ListReportsErrors, ListReportsResponses, OpenLinkData, OpenLinkErrors, OpenReportData, OpenReportErrors, OpenReportResponses, OrderPageData, OrderPageErrors, OrderPageResponses, PlaceOrderData, PlaceOrderErrors, PlaceOrderResponses, ReadOrderData, ReadOrderErrors, ReadOrderResponses, ReadUsageData, ReadUsageErrors, ReadUsageResponses, ReceiveMailEventsData, ReceiveMailEventsErrors, ReceiveMailEventsResponses, ReceiveStripeEventData, ReceiveStripeEventErrors, ReceiveStripeEventResponses, RefundOrderData, RefundOrderErrors, RefundOrderResponses, ReleaseReportData, ReleaseReportErrors, ReleaseReportResponses, RenewLinkData, RenewLinkErrors, RenewLinkResponses, ResendLetterData, ResendLetterErrors, ResendLetterResponses, RetryReportData, RetryReportErrors, RetryReportResponses, SearchPlacesData, SearchPlacesErrors, SearchPlacesResponses, SendLinksAgainData, SendLinksAgainErrors, SendLinksAgainResponses, WatchOrderData, WatchOrderResponse, WatchOrderResponses } from './types.gen.ts';
export type Options<TData extends TDataShape = TDataShape, ThrowOnError extends boolean = boolean, TResponse = unknown> = Options2<TData, ThrowOnError, TResponse> & {
    /**
     * You can provide a client instance returned by `createClient()` instead of
     * individual options. This might be also useful if you want to implement a
     * custom client.
     */
    client?: Client;
    /**
     * You can pass arbitrary values through the `meta` object. This can be
     * used to access values that aren't defined as part of the SDK function.
     */
    meta?: keyof ClientMeta extends never ? Record<string, unknown> : ClientMeta;
};
/**
 * List products and prices
 */
export declare const listProducts: <ThrowOnError extends boolean = false>(options?: Options<ListProductsData, ThrowOnError>) => RequestResult<ListProductsResponses, ListProductsErrors, ThrowOnError>;
/**
 * Search birth places, best matches first
 */
export declare const searchPlaces: <ThrowOnError extends boolean = false>(options: Options<SearchPlacesData, ThrowOnError>) => RequestResult<SearchPlacesResponses, SearchPlacesErrors, ThrowOnError>;
/**
 * Place an order
 *
 * Returns a checkout page. Nothing is written until the order is paid.
 */
export declare const placeOrder: <ThrowOnError extends boolean = false>(options: Options<PlaceOrderData, ThrowOnError>) => RequestResult<PlaceOrderResponses, PlaceOrderErrors, ThrowOnError>;
/**
 * Ask whether an order is paid
 */
export declare const confirmPayment: <ThrowOnError extends boolean = false>(options: Options<ConfirmPaymentData, ThrowOnError>) => RequestResult<ConfirmPaymentResponses, ConfirmPaymentErrors, ThrowOnError>;
/**
 * Erase personal data and PDFs
 *
 * Cancels what is still open. What was paid and not delivered goes back; what was delivered does not. Amounts and dates are kept, for the books. What a run under way still writes is removed after an hour and after a day. While the payment is disputed (202), erasure waits for the end of the dispute, and is then done without being asked for again.
 */
export declare const eraseOrder: <ThrowOnError extends boolean = false>(options: Options<EraseOrderData, ThrowOnError>) => RequestResult<EraseOrderResponses, EraseOrderErrors, ThrowOnError>;
/**
 * Read an order: its state, each report's progress, and links
 */
export declare const readOrder: <ThrowOnError extends boolean = false>(options: Options<ReadOrderData, ThrowOnError>) => RequestResult<ReadOrderResponses, ReadOrderErrors, ThrowOnError>;
/**
 * Cancel an order before any report is started
 *
 * What was paid is refunded at once.
 */
export declare const cancelOrder: <ThrowOnError extends boolean = false>(options: Options<CancelOrderData, ThrowOnError>) => RequestResult<CancelOrderResponses, CancelOrderErrors, ThrowOnError>;
/**
 * Send the links again, to the order's e-mail address
 *
 * Links sent earlier stop working.
 */
export declare const sendLinksAgain: <ThrowOnError extends boolean = false>(options: Options<SendLinksAgainData, ThrowOnError>) => RequestResult<SendLinksAgainResponses, SendLinksAgainErrors, ThrowOnError>;
/**
 * Follow an order live
 *
 * Each message is the order as GET /v1/orders/{orderId} returns it. The stream ends when nothing more will happen by itself. A request after that returns 204.
 */
export declare const watchOrder: <ThrowOnError extends boolean = false>(options: Options<WatchOrderData, ThrowOnError, WatchOrderResponse>) => Promise<ServerSentEventsResult<WatchOrderResponses>>;
/**
 * Open a report's PDF
 *
 * A browser that opens this address is redirected to the PDF. A program that asks for `application/json` gets the address instead: pages of another site cannot follow the redirect.
 */
export declare const openReport: <ThrowOnError extends boolean = false>(options: Options<OpenReportData, ThrowOnError>) => RequestResult<OpenReportResponses, OpenReportErrors, ThrowOnError>;
/**
 * Receive events from the payment provider
 */
export declare const receiveStripeEvent: <ThrowOnError extends boolean = false>(options?: Options<ReceiveStripeEventData, ThrowOnError>) => RequestResult<ReceiveStripeEventResponses, ReceiveStripeEventErrors, ThrowOnError>;
/**
 * Receive delivery events from the mail provider
 */
export declare const receiveMailEvents: <ThrowOnError extends boolean = false>(options?: Options<ReceiveMailEventsData, ThrowOnError>) => RequestResult<ReceiveMailEventsResponses, ReceiveMailEventsErrors, ThrowOnError>;
/**
 * The order page
 */
export declare const orderPage: <ThrowOnError extends boolean = false>(options: Options<OrderPageData, ThrowOnError>) => RequestResult<OrderPageResponses, OrderPageErrors, ThrowOnError>;
/**
 * Open the PDF that an e-mail links to
 */
export declare const openLink: <ThrowOnError extends boolean = false>(options: Options<OpenLinkData, ThrowOnError>) => RequestResult<unknown, OpenLinkErrors, ThrowOnError>;
/**
 * Send a new link, only to the order's e-mail address
 */
export declare const renewLink: <ThrowOnError extends boolean = false>(options: Options<RenewLinkData, ThrowOnError>) => RequestResult<RenewLinkResponses, RenewLinkErrors, ThrowOnError>;
/**
 * Whether the process is alive
 */
export declare const isAlive: <ThrowOnError extends boolean = false>(options?: Options<IsAliveData, ThrowOnError>) => RequestResult<IsAliveResponses, IsAliveErrors, ThrowOnError>;
/**
 * Whether the store and Redis answer; names what is away, and to operators what is wrong
 */
export declare const isReady: <ThrowOnError extends boolean = false>(options?: Options<IsReadyData, ThrowOnError>) => RequestResult<IsReadyResponses, IsReadyErrors, ThrowOnError>;
/**
 * List reports in one state, oldest first
 */
export declare const listReports: <ThrowOnError extends boolean = false>(options?: Options<ListReportsData, ThrowOnError>) => RequestResult<ListReportsResponses, ListReportsErrors, ThrowOnError>;
/**
 * Stops a report and its run, and pauses its deadline; after 72 hours it fails
 */
export declare const holdReport: <ThrowOnError extends boolean = false>(options: Options<HoldReportData, ThrowOnError>) => RequestResult<HoldReportResponses, HoldReportErrors, ThrowOnError>;
/**
 * Lets a held report continue with the time that it had left; if its model is gone, under the newest version
 */
export declare const releaseReport: <ThrowOnError extends boolean = false>(options: Options<ReleaseReportData, ThrowOnError>) => RequestResult<ReleaseReportResponses, ReleaseReportErrors, ThrowOnError>;
/**
 * Tries a failed report again; keeps what it has, or only the steps before a given one
 */
export declare const retryReport: <ThrowOnError extends boolean = false>(options: Options<RetryReportData, ThrowOnError>) => RequestResult<RetryReportResponses, RetryReportErrors, ThrowOnError>;
/**
 * Tries a waiting report now instead of when it is due
 */
export declare const hastenReport: <ThrowOnError extends boolean = false>(options: Options<HastenReportData, ThrowOnError>) => RequestResult<HastenReportResponses, HastenReportErrors, ThrowOnError>;
/**
 * Ends a report, even during a run, and refunds its share
 */
export declare const cancelReport: <ThrowOnError extends boolean = false>(options: Options<CancelReportData, ThrowOnError>) => RequestResult<CancelReportResponses, CancelReportErrors, ThrowOnError>;
/**
 * Refund an order, or one report of it
 */
export declare const refundOrder: <ThrowOnError extends boolean = false>(options: Options<RefundOrderData, ThrowOnError>) => RequestResult<RefundOrderResponses, RefundOrderErrors, ThrowOnError>;
/**
 * Send a letter again that did not arrive
 *
 * A worker sends it within seconds. `almanac order <id>` lists the keys.
 */
export declare const resendLetter: <ThrowOnError extends boolean = false>(options: Options<ResendLetterData, ThrowOnError>) => RequestResult<ResendLetterResponses, ResendLetterErrors, ThrowOnError>;
/**
 * Usage and cost of model calls, by day, product and model, and by report
 */
export declare const readUsage: <ThrowOnError extends boolean = false>(options?: Options<ReadUsageData, ThrowOnError>) => RequestResult<ReadUsageResponses, ReadUsageErrors, ThrowOnError>;
