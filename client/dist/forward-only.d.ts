/** Snapshots may come late or twice. What a customer sees of an order only moves forward. */
import type { Order } from './generated/types.gen.ts';
/** @returns a function that gives each snapshot as it may be shown, or null when it tells nothing newer */
export declare function forwardOnly(): (order: Order) => Order | null;
