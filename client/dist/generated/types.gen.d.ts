export type ClientOptions = {
    baseUrl: `${string}://${string}` | (string & {});
};
/**
 * what can be ordered
 */
export type ProductId = 'life-clarity' | 'blueprint' | 'personal-horoscope' | 'bundle';
/**
 * what a report is written for
 */
export type ReportProduct = 'life-clarity' | 'blueprint' | 'personal-horoscope';
export type OrderState = 'awaiting_payment' | 'paid' | 'payment_failed' | 'expired' | 'cancelled' | 'fulfilled' | 'partly_fulfilled' | 'failed';
export type LetterKind = 'received' | 'delayed' | 'ready' | 'refunded' | 'reissued';
export type OperatorLetterKind = 'received' | 'delayed' | 'ready' | 'refunded' | 'reissued' | 'alert';
export type LetterState = 'due' | 'sending' | 'sent' | 'delivered' | 'bounced' | 'blocked' | 'failed';
export type PlacedOrder = {
    orderId: string;
    /**
     * opens this order: keep it secret
     */
    accessToken: string;
    /**
     * where to pay
     */
    checkoutUrl: string | null;
    status: OrderState;
};
export type ConfirmedOrder = {
    orderId: string;
    status: OrderState;
};
export type ReportState = 'waiting' | 'generating' | 'rendering' | 'delivering' | 'delivered' | 'failed' | 'cancelled' | 'held';
export type Report = {
    product: ReportProduct;
    title: string;
    state: ReportState;
    progress: {
        /**
         * steps done
         */
        done: number;
        total: number;
        /**
         * null while unknown
         */
        etaSeconds: number | null;
        /**
         * pages so far, while the PDF is rendered
         */
        pagesDrawn?: number;
    };
    pages: number | null;
    /**
     * null until delivered
     */
    links: {
        /**
         * needs the access token
         */
        download: string;
        /**
         * the link in the e-mail: needs no token, expires
         */
        shared: string | null;
        expiresAt: string | null;
    } | null;
};
export type SentLetter = {
    kind: LetterKind;
    /**
     * `bounced`, `blocked` and `failed` ones did not arrive
     */
    state: LetterState;
    sentAt: string | null;
};
export type Order = {
    orderId: string;
    status: OrderState;
    /**
     * grows with every change
     */
    revision: number;
    /**
     * as ordered
     */
    products: Array<ProductId>;
    amountMinor: number;
    currency: string;
    /**
     * what went back so far
     */
    refundedMinor: number;
    /**
     * what is on its way back beside that
     */
    refundDueMinor: number;
    createdAt: string;
    paidAt: string | null;
    checkoutUrl: string | null;
    /**
     * empty until the order is paid
     */
    reports: Array<Report>;
    emails: Array<SentLetter>;
    cancellable: boolean;
    /**
     * the personal data was removed; no reports are left
     */
    erased: boolean;
    /**
     * it was asked for, and is done once the bank has decided about the payment
     */
    erasureWaits: boolean;
};
export type PdfAddress = {
    /**
     * short-lived address of the PDF, which needs no token
     */
    url: string;
};
export type Queued = {
    queued: true;
};
/**
 * Counts of what was removed
 */
export type Erased = {
    orderId: string;
    sections: number;
    /**
     * raw answers kept for a resumed run
     */
    modelAnswers: number;
    /**
     * charts and period facts
     */
    facts: number;
    links: number;
    pdfs: number;
    /**
     * what goes back for reports that were paid and not delivered, minor units
     */
    refundDueMinor: number;
    currency: string;
    /**
     * nothing was removed yet: it is once the bank has decided about the payment
     */
    waitsForDispute: boolean;
};
export type Birth = {
    name: string;
    date: string;
    /**
     * local time; null if unknown
     */
    time: string | null;
    /**
     * which one, if the clocks were set back and showed this time twice
     */
    fold?: 'earlier' | 'later';
    place: {
        id: string;
    } | {
        name: string;
        latitude: number;
        longitude: number;
        timeZone: string;
    };
};
export type OrderRequest = {
    email: string;
    products: Array<ProductId>;
    birth: Birth;
    /**
     * time zone of the report year; default: the birth's
     */
    timeZone?: string;
    /**
     * first day of the report year; default: today there
     */
    startDate?: string;
    /**
     * default: placidus
     */
    houseSystem?: 'placidus' | 'whole_sign' | 'equal' | 'koch' | 'porphyry' | 'regiomontanus' | 'campanus';
    /**
     * default: tropical
     */
    zodiac?: 'tropical' | 'lahiri' | 'fagan_bradley';
};
export type KnownPlace = {
    /**
     * identifies this place in an order
     */
    id: string;
    name: string;
    /**
     * ISO 3166-1, two letters
     */
    country: string;
    /**
     * state, province or region; tells places of one name apart; null when not known
     */
    region: string | null;
    latitude: number;
    longitude: number;
    timeZone: string;
    /**
     * null when not known
     */
    population: number | null;
};
export type Places = {
    places: Array<KnownPlace>;
    /**
     * the part of the query that fits no place, when the places were found without it; show it to the customer
     */
    ignored: string | null;
};
export type Product = {
    id: ProductId;
    title: string;
    summary: string;
    price: {
        /**
         * ISO 4217, lower case
         */
        currency: string;
        /**
         * in minor units, such as cents
         */
        amountMinor: number;
    };
    /**
     * number of answers in the report
     */
    answers: number;
    /**
     * pages of the PDF, if their number is fixed
     */
    pages: number | null;
    /**
     * the products in a bundle
     */
    includes: Array<ReportProduct>;
};
export type Products = {
    products: Array<Product>;
};
/**
 * Stable: programs can rely on it
 */
export type ErrorCode = 'bad_request' | 'webhook_signature' | 'webhook_event' | 'unauthorized' | 'not_paid' | 'forged_request' | 'not_found' | 'method_not_allowed' | 'request_timeout' | 'payment_mismatch' | 'report_not_ready' | 'report_state' | 'report_disputed' | 'too_late_to_cancel' | 'address_failed' | 'refund_state' | 'letter_state' | 'link_expired' | 'erased' | 'report_withdrawn' | 'body_too_large' | 'unsupported_media_type' | 'invalid_input' | 'idempotency_mismatch' | 'rate_limited' | 'too_soon' | 'headers_too_large' | 'internal' | 'store_unavailable' | 'redis_unavailable' | 'stripe_unavailable' | 'stripe_answer' | 'blob_unavailable' | 'blob_rate_limited' | 'mail_event_early' | 'unavailable';
export type FieldIssue = {
    /**
     * its path, as in the request: `birth.date`
     */
    field: string;
    /**
     * what is wrong and what is allowed, with an example
     */
    message: string;
};
/**
 * RFC 9457 problem details
 */
export type Problem = {
    type: string;
    title: string;
    status: number;
    code: ErrorCode;
    /**
     * what to do about it
     */
    detail: string;
    /**
     * for bad input: all fields that are wrong, one entry for each fault
     */
    errors?: Array<FieldIssue>;
};
export type OperatorReport = {
    reportId: string;
    orderId: string;
    product: ReportProduct;
    version: number;
    edition: number;
    state: ReportState;
    reason: string | null;
    attempts: number;
    /**
     * since the last progress
     */
    crashes: number;
    notBefore: string | null;
    deadline: string;
    heldAt: string | null;
    runningMs: number;
};
export type OperatorReports = {
    reports: Array<OperatorReport>;
};
export type MovedReport = {
    reportId: string;
    orderId: string;
    product: ReportProduct;
    version: number;
    edition: number;
    state: ReportState;
    reason: string | null;
    attempts: number;
    /**
     * since the last progress
     */
    crashes: number;
    notBefore: string | null;
    deadline: string;
    heldAt: string | null;
    runningMs: number;
    /**
     * nobody pays for what is written now
     */
    gift: boolean;
};
export type Letter = {
    key: string;
    kind: OperatorLetterKind;
    orderId: string;
    state: LetterState;
};
export type RefundState = 'due' | 'sending' | 'done' | 'void';
export type Refund = {
    refundId: string;
    state: RefundState;
    /**
     * at most this: less if less is left of the payment
     */
    amountMinor: number;
    dueAt: string;
};
export type Usage = {
    from: string;
    to: string;
    total: {
        /**
         * requests that were sent and have ended
         */
        calls: number;
        /**
         * those of them that got no answer
         */
        faults: number;
        /**
         * requests whose usage nobody knows: tokens and cost are the most they may have taken
         */
        unknown: number;
        tokensIn: number;
        /**
         * part of tokensIn
         */
        tokensCached: number;
        tokensOut: number;
        /**
         * millionths of a dollar
         */
        costMicros: number;
    };
    days: Array<{
        day: string;
        productId: string;
        model: string;
        /**
         * requests that were sent and have ended
         */
        calls: number;
        /**
         * those of them that got no answer
         */
        faults: number;
        /**
         * requests whose usage nobody knows: tokens and cost are the most they may have taken
         */
        unknown: number;
        tokensIn: number;
        /**
         * part of tokensIn
         */
        tokensCached: number;
        tokensOut: number;
        /**
         * millionths of a dollar
         */
        costMicros: number;
    }>;
    /**
     * reports begun on these days, oldest first; at most 1,000
     */
    reports: Array<{
        reportId: string;
        productId: string;
        day: string;
        /**
         * requests that were sent and have ended
         */
        calls: number;
        /**
         * those of them that got no answer
         */
        faults: number;
        /**
         * requests whose usage nobody knows: tokens and cost are the most they may have taken
         */
        unknown: number;
        tokensIn: number;
        /**
         * part of tokensIn
         */
        tokensCached: number;
        tokensOut: number;
        /**
         * millionths of a dollar
         */
        costMicros: number;
    }>;
};
export type Readiness = {
    status: 'ready' | 'not_ready';
    away: Array<string>;
    /**
     * Only for operators: what is wrong now, and alerts that no e-mail brought. Null: not known, as the store does not answer
     */
    trouble?: {
        alarms: Array<{
            cause: string;
            what: string;
            since: string;
        }>;
        alertsNotSent: Array<{
            alert: string;
            state: string;
            at: string;
        }>;
    } | null;
};
export type Received = {
    received: true;
};
export type ListProductsData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/v1/products';
};
export type ListProductsErrors = {
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
};
export type ListProductsError = ListProductsErrors[keyof ListProductsErrors];
export type ListProductsResponses = {
    /**
     * Default Response
     */
    200: Products;
};
export type ListProductsResponse = ListProductsResponses[keyof ListProductsResponses];
export type SearchPlacesData = {
    body?: never;
    path?: never;
    query: {
        /**
         * A name or its beginning, in any script, with at most one typing error. Region, country or a large city near by may follow, after a comma or a blank, in long or short form.
         */
        q: string;
        limit?: number;
    };
    url: '/v1/places';
};
export type SearchPlacesErrors = {
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
};
export type SearchPlacesError = SearchPlacesErrors[keyof SearchPlacesErrors];
export type SearchPlacesResponses = {
    /**
     * Default Response
     */
    200: Places;
};
export type SearchPlacesResponse = SearchPlacesResponses[keyof SearchPlacesResponses];
export type PlaceOrderData = {
    body: OrderRequest;
    headers?: {
        /**
         * the same key with the same body returns the same order
         */
        'idempotency-key'?: string;
    };
    path?: never;
    query?: never;
    url: '/v1/orders';
};
export type PlaceOrderErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`, `idempotency_mismatch`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `stripe_unavailable`, `stripe_answer`
     */
    503: Problem;
};
export type PlaceOrderError = PlaceOrderErrors[keyof PlaceOrderErrors];
export type PlaceOrderResponses = {
    /**
     * Default Response
     */
    201: PlacedOrder;
};
export type PlaceOrderResponse = PlaceOrderResponses[keyof PlaceOrderResponses];
export type ConfirmPaymentData = {
    body?: never;
    path: {
        orderId: string;
    };
    query?: never;
    url: '/v1/orders/{orderId}/confirm';
};
export type ConfirmPaymentErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Payment Required: `not_paid`
     */
    402: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `payment_mismatch`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `stripe_unavailable`, `stripe_answer`
     */
    503: Problem;
};
export type ConfirmPaymentError = ConfirmPaymentErrors[keyof ConfirmPaymentErrors];
export type ConfirmPaymentResponses = {
    /**
     * Default Response
     */
    202: ConfirmedOrder;
};
export type ConfirmPaymentResponse = ConfirmPaymentResponses[keyof ConfirmPaymentResponses];
export type EraseOrderData = {
    body?: never;
    path: {
        orderId: string;
    };
    query?: never;
    url: '/v1/orders/{orderId}';
};
export type EraseOrderErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `stripe_unavailable`, `stripe_answer`, `blob_unavailable`, `blob_rate_limited`
     */
    503: Problem;
};
export type EraseOrderError = EraseOrderErrors[keyof EraseOrderErrors];
export type EraseOrderResponses = {
    /**
     * Default Response
     */
    200: Erased;
    /**
     * Default Response
     */
    202: Erased;
};
export type EraseOrderResponse = EraseOrderResponses[keyof EraseOrderResponses];
export type ReadOrderData = {
    body?: never;
    path: {
        orderId: string;
    };
    query?: never;
    url: '/v1/orders/{orderId}';
};
export type ReadOrderErrors = {
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`
     */
    503: Problem;
};
export type ReadOrderError = ReadOrderErrors[keyof ReadOrderErrors];
export type ReadOrderResponses = {
    /**
     * Default Response
     */
    200: Order;
};
export type ReadOrderResponse = ReadOrderResponses[keyof ReadOrderResponses];
export type CancelOrderData = {
    body?: never;
    path: {
        orderId: string;
    };
    query?: never;
    url: '/v1/orders/{orderId}/cancel';
};
export type CancelOrderErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `too_late_to_cancel`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `stripe_unavailable`, `stripe_answer`
     */
    503: Problem;
};
export type CancelOrderError = CancelOrderErrors[keyof CancelOrderErrors];
export type CancelOrderResponses = {
    /**
     * Default Response
     */
    202: ConfirmedOrder;
};
export type CancelOrderResponse = CancelOrderResponses[keyof CancelOrderResponses];
export type SendLinksAgainData = {
    body?: never;
    path: {
        orderId: string;
    };
    query?: never;
    url: '/v1/orders/{orderId}/email';
};
export type SendLinksAgainErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `report_not_ready`, `address_failed`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`, `too_soon`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`
     */
    503: Problem;
};
export type SendLinksAgainError = SendLinksAgainErrors[keyof SendLinksAgainErrors];
export type SendLinksAgainResponses = {
    /**
     * Default Response
     */
    202: Queued;
};
export type SendLinksAgainResponse = SendLinksAgainResponses[keyof SendLinksAgainResponses];
export type WatchOrderData = {
    body?: never;
    headers?: {
        /**
         * last revision seen
         */
        'last-event-id'?: string;
    };
    path: {
        orderId: string;
    };
    query?: never;
    url: '/v1/orders/{orderId}/events';
};
export type WatchOrderErrors = {
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`
     */
    503: Problem;
};
export type WatchOrderError = WatchOrderErrors[keyof WatchOrderErrors];
export type WatchOrderResponses = {
    /**
     * Server-Sent Events. The `data` of each is an order, as JSON; its `id` is the `revision`. Send the last one as Last-Event-ID to get only what is newer.
     */
    200: Order;
    /**
     * The order is settled and its last revision was seen
     */
    204: void;
};
export type WatchOrderResponse = WatchOrderResponses[keyof WatchOrderResponses];
export type OpenReportData = {
    body?: never;
    headers?: {
        /**
         * `application/json` for the address instead of a redirect
         */
        accept?: string;
    };
    path: {
        orderId: string;
        product: ReportProduct;
    };
    query?: never;
    url: '/v1/orders/{orderId}/reports/{product}';
};
export type OpenReportErrors = {
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `report_not_ready`
     */
    409: Problem;
    /**
     * Gone: `report_withdrawn`, `erased`
     */
    410: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `blob_unavailable`, `blob_rate_limited`
     */
    503: Problem;
};
export type OpenReportError = OpenReportErrors[keyof OpenReportErrors];
export type OpenReportResponses = {
    /**
     * Default Response
     */
    200: PdfAddress;
};
export type OpenReportResponse = OpenReportResponses[keyof OpenReportResponses];
export type ReceiveStripeEventData = {
    body?: never;
    headers?: {
        'stripe-signature'?: string;
    };
    path?: never;
    query?: never;
    url: '/v1/webhooks/stripe';
};
export type ReceiveStripeEventErrors = {
    /**
     * Bad Request: `bad_request`, `webhook_signature`, `webhook_event`
     */
    400: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`
     */
    503: Problem;
};
export type ReceiveStripeEventError = ReceiveStripeEventErrors[keyof ReceiveStripeEventErrors];
export type ReceiveStripeEventResponses = {
    /**
     * Default Response
     */
    202: Received;
};
export type ReceiveStripeEventResponse = ReceiveStripeEventResponses[keyof ReceiveStripeEventResponses];
export type ReceiveMailEventsData = {
    body?: never;
    headers?: {
        'x-twilio-email-event-webhook-signature'?: string;
        'x-twilio-email-event-webhook-timestamp'?: string;
    };
    path?: never;
    query?: never;
    url: '/v1/webhooks/sendgrid';
};
export type ReceiveMailEventsErrors = {
    /**
     * Bad Request: `bad_request`, `webhook_signature`
     */
    400: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `mail_event_early`, `store_unavailable`
     */
    503: Problem;
};
export type ReceiveMailEventsError = ReceiveMailEventsErrors[keyof ReceiveMailEventsErrors];
export type ReceiveMailEventsResponses = {
    /**
     * Default Response
     */
    202: Received;
};
export type ReceiveMailEventsResponse = ReceiveMailEventsResponses[keyof ReceiveMailEventsResponses];
export type OrderPageData = {
    body?: never;
    path: {
        token: string;
    };
    query?: never;
    url: '/o/{token}';
};
export type OrderPageErrors = {
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: string;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: string;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: string;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: string;
    /**
     * Internal Server Error: `internal`
     */
    500: string;
    /**
     * Service Unavailable: `store_unavailable`
     */
    503: string;
};
export type OrderPageError = OrderPageErrors[keyof OrderPageErrors];
export type OrderPageResponses = {
    /**
     * Live progress and links
     */
    200: string;
};
export type OrderPageResponse = OrderPageResponses[keyof OrderPageResponses];
export type OpenLinkData = {
    body?: never;
    path: {
        token: string;
    };
    query?: never;
    url: '/d/{token}';
};
export type OpenLinkErrors = {
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: string;
    /**
     * Conflict: `report_not_ready`
     */
    409: string;
    /**
     * Gone: `link_expired`, `report_withdrawn`, `erased`
     */
    410: string;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: string;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: string;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: string;
    /**
     * Internal Server Error: `internal`
     */
    500: string;
    /**
     * Service Unavailable: `store_unavailable`, `blob_unavailable`, `blob_rate_limited`
     */
    503: string;
};
export type OpenLinkError = OpenLinkErrors[keyof OpenLinkErrors];
export type RenewLinkData = {
    body?: never;
    path: {
        token: string;
    };
    query?: never;
    url: '/d/{token}/renew';
};
export type RenewLinkErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: string;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: string;
    /**
     * Conflict: `report_not_ready`, `address_failed`
     */
    409: string;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: string;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: string;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: string;
    /**
     * Too Many Requests: `rate_limited`, `too_soon`
     */
    429: string;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: string;
    /**
     * Internal Server Error: `internal`
     */
    500: string;
    /**
     * Service Unavailable: `store_unavailable`
     */
    503: string;
};
export type RenewLinkError = RenewLinkErrors[keyof RenewLinkErrors];
export type RenewLinkResponses = {
    /**
     * A new link is on its way
     */
    202: string;
};
export type RenewLinkResponse = RenewLinkResponses[keyof RenewLinkResponses];
export type IsAliveData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/healthz';
};
export type IsAliveErrors = {
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
};
export type IsAliveError = IsAliveErrors[keyof IsAliveErrors];
export type IsAliveResponses = {
    /**
     * Default Response
     */
    200: {
        status: 'ok';
    };
};
export type IsAliveResponse = IsAliveResponses[keyof IsAliveResponses];
export type IsReadyData = {
    body?: never;
    path?: never;
    query?: never;
    url: '/readyz';
};
export type IsReadyErrors = {
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Default Response
     */
    503: Readiness;
};
export type IsReadyError = IsReadyErrors[keyof IsReadyErrors];
export type IsReadyResponses = {
    /**
     * Default Response
     */
    200: Readiness;
};
export type IsReadyResponse = IsReadyResponses[keyof IsReadyResponses];
export type ListReportsData = {
    body?: never;
    path?: never;
    query?: {
        state?: ReportState;
    };
    url: '/v1/operator/reports';
};
export type ListReportsErrors = {
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type ListReportsError = ListReportsErrors[keyof ListReportsErrors];
export type ListReportsResponses = {
    /**
     * Default Response
     */
    200: OperatorReports;
};
export type ListReportsResponse = ListReportsResponses[keyof ListReportsResponses];
export type HoldReportData = {
    body: {
        /**
         * kept in the audit
         */
        why: string;
    };
    path: {
        reportId: string;
    };
    query?: never;
    url: '/v1/operator/reports/{reportId}/hold';
};
export type HoldReportErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Forbidden: `forged_request`
     */
    403: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `report_state`, `report_disputed`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type HoldReportError = HoldReportErrors[keyof HoldReportErrors];
export type HoldReportResponses = {
    /**
     * Default Response
     */
    200: MovedReport;
};
export type HoldReportResponse = HoldReportResponses[keyof HoldReportResponses];
export type ReleaseReportData = {
    body: {
        /**
         * kept in the audit
         */
        why: string;
        /**
         * needed while the payment is disputed, or went back: nobody pays for it then
         */
        gift?: boolean;
    };
    path: {
        reportId: string;
    };
    query?: never;
    url: '/v1/operator/reports/{reportId}/release';
};
export type ReleaseReportErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Forbidden: `forged_request`
     */
    403: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `report_state`, `report_disputed`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type ReleaseReportError = ReleaseReportErrors[keyof ReleaseReportErrors];
export type ReleaseReportResponses = {
    /**
     * Default Response
     */
    200: MovedReport;
};
export type ReleaseReportResponse = ReleaseReportResponses[keyof ReleaseReportResponses];
export type RetryReportData = {
    body: {
        /**
         * kept in the audit
         */
        why: string;
        /**
         * needed while the payment is disputed, or went back: nobody pays for it then
         */
        gift?: boolean;
        /**
         * ask this step and all later ones again; if left out: keep all that is stored
         */
        fromStep?: number;
    };
    path: {
        reportId: string;
    };
    query?: never;
    url: '/v1/operator/reports/{reportId}/retry';
};
export type RetryReportErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Forbidden: `forged_request`
     */
    403: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `report_state`, `report_disputed`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type RetryReportError = RetryReportErrors[keyof RetryReportErrors];
export type RetryReportResponses = {
    /**
     * Default Response
     */
    200: MovedReport;
};
export type RetryReportResponse = RetryReportResponses[keyof RetryReportResponses];
export type HastenReportData = {
    body: {
        /**
         * kept in the audit
         */
        why: string;
    };
    path: {
        reportId: string;
    };
    query?: never;
    url: '/v1/operator/reports/{reportId}/hasten';
};
export type HastenReportErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Forbidden: `forged_request`
     */
    403: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `report_state`, `report_disputed`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type HastenReportError = HastenReportErrors[keyof HastenReportErrors];
export type HastenReportResponses = {
    /**
     * Default Response
     */
    200: MovedReport;
};
export type HastenReportResponse = HastenReportResponses[keyof HastenReportResponses];
export type CancelReportData = {
    body: {
        /**
         * kept in the audit
         */
        why: string;
    };
    path: {
        reportId: string;
    };
    query?: never;
    url: '/v1/operator/reports/{reportId}/cancel';
};
export type CancelReportErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Forbidden: `forged_request`
     */
    403: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `report_state`, `report_disputed`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type CancelReportError = CancelReportErrors[keyof CancelReportErrors];
export type CancelReportResponses = {
    /**
     * Default Response
     */
    200: MovedReport;
};
export type CancelReportResponse = CancelReportResponses[keyof CancelReportResponses];
export type RefundOrderData = {
    body: {
        /**
         * kept in the audit
         */
        why: string;
        product?: ReportProduct;
    };
    path: {
        orderId: string;
    };
    query?: never;
    url: '/v1/operator/orders/{orderId}/refund';
};
export type RefundOrderErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Payment Required: `not_paid`
     */
    402: Problem;
    /**
     * Forbidden: `forged_request`
     */
    403: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `refund_state`
     */
    409: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type RefundOrderError = RefundOrderErrors[keyof RefundOrderErrors];
export type RefundOrderResponses = {
    /**
     * Default Response
     */
    202: Refund;
};
export type RefundOrderResponse = RefundOrderResponses[keyof RefundOrderResponses];
export type ResendLetterData = {
    body: {
        /**
         * kept in the audit
         */
        why: string;
    };
    path: {
        key: string;
    };
    query?: never;
    url: '/v1/operator/emails/{key}/resend';
};
export type ResendLetterErrors = {
    /**
     * Bad Request: `bad_request`
     */
    400: Problem;
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Forbidden: `forged_request`
     */
    403: Problem;
    /**
     * Not Found: `not_found`
     */
    404: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Conflict: `letter_state`, `address_failed`
     */
    409: Problem;
    /**
     * Gone: `erased`
     */
    410: Problem;
    /**
     * Payload Too Large: `body_too_large`
     */
    413: Problem;
    /**
     * Unsupported Media Type: `unsupported_media_type`
     */
    415: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type ResendLetterError = ResendLetterErrors[keyof ResendLetterErrors];
export type ResendLetterResponses = {
    /**
     * Default Response
     */
    202: Letter;
};
export type ResendLetterResponse = ResendLetterResponses[keyof ResendLetterResponses];
export type ReadUsageData = {
    body?: never;
    path?: never;
    query?: {
        /**
         * first day, UTC; if left out: six days before `to`
         */
        from?: string;
        /**
         * last day, UTC; if left out: today
         */
        to?: string;
    };
    url: '/v1/operator/usage';
};
export type ReadUsageErrors = {
    /**
     * Unauthorized: `unauthorized`
     */
    401: Problem;
    /**
     * Request Timeout: `request_timeout`
     */
    408: Problem;
    /**
     * Unprocessable Entity: `invalid_input`
     */
    422: Problem;
    /**
     * Too Many Requests: `rate_limited`
     */
    429: Problem;
    /**
     * Request Header Fields Too Large: `headers_too_large`
     */
    431: Problem;
    /**
     * Internal Server Error: `internal`
     */
    500: Problem;
    /**
     * Service Unavailable: `store_unavailable`, `redis_unavailable`
     */
    503: Problem;
};
export type ReadUsageError = ReadUsageErrors[keyof ReadUsageErrors];
export type ReadUsageResponses = {
    /**
     * Default Response
     */
    200: Usage;
};
export type ReadUsageResponse = ReadUsageResponses[keyof ReadUsageResponses];
