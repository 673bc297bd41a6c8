import type { Order } from './generated/types.gen.ts';
import type { Fetch } from './repeating-fetch.ts';
/** Waits, milliseconds. */
export interface WatchPatience {
    /** without a byte of the stream until we ask instead; the API sends something every 2 s */
    stallMs: number;
    /** between two questions while no stream works */
    pollMs: number;
    /** from a stall until the stream is tried again: what held it back probably still does */
    streamAgainMs: number;
    /** before a dropped stream is opened again; doubled each time that nothing came */
    reconnectMs: number;
    longestReconnectMs: number;
    /** how long an order is asked about after it has ended, where no stream tells us that nothing more comes */
    afterEndMs: number;
}
export declare const WATCH_PATIENCE: WatchPatience;
export interface WatchOptions {
    accessToken?: string;
    /** ends the watch: the loop over it then ends without an error */
    signal?: AbortSignal;
    patience?: Partial<WatchPatience>;
}
export interface WatchSource {
    /** of the stream */
    url: string;
    fetch: Fetch;
    headers: Record<string, string>;
    readOrder(signal: AbortSignal): Promise<Order>;
}
/**
 * Yields the order as it is, then each time it has changed. Ends when the API has nothing more to tell.
 * @throws AlmanacError when the order may not or no longer be read; never for a fault that passes
 */
export declare function watchOrder(source: WatchSource, options: Omit<WatchOptions, 'accessToken'>): AsyncGenerator<Order, void>;
