import type { Order } from './generated/types.gen.ts';
import type { Fetch } from './repeating-fetch.ts';
/** `over`: the API has nothing more to tell. `dropped`: it may be opened again. `stalled`: nothing came for too long. */
export type StreamEnd = 'over' | 'dropped' | 'stalled';
export interface StreamOptions {
    url: string;
    fetch: Fetch;
    headers: Record<string, string>;
    /** milliseconds without a single byte after which it counts as stalled */
    stallMs: number;
    signal: AbortSignal;
}
/** Yields snapshots as they come. Never throws: what is wrong with an order is told when it is read. */
export declare function openStream(options: StreamOptions): AsyncGenerator<Order, StreamEnd>;
