/** Idempotency keys: an order that is sent again because no answer came must not become a second order. */
import type { OrderRequest } from './generated/types.gen.ts';
export interface OrderKeys {
    /** @returns the same key for the same order until that is settled */
    keyFor(request: OrderRequest): string;
    /** The API has answered: the next order is a new one, even if it says the same. */
    settle(request: OrderRequest): void;
}
export declare function createOrderKeys(): OrderKeys;
