/** Idempotency keys: an order that is sent again because no answer came must not become a second order. */
import type { OrderRequest } from './generated/types.gen.ts';

export interface OrderKeys {
  /** @returns the same key for the same order until that is settled */
  keyFor(request: OrderRequest): string;
  /** The API has answered: the next order is a new one, even if it says the same. */
  settle(request: OrderRequest): void;
}

export function createOrderKeys(): OrderKeys {
  const open = new Map<string, string>();
  return {
    keyFor(request) {
      const text = JSON.stringify(request);
      const key = open.get(text) ?? randomKey();
      open.set(text, key);
      return key;
    },
    settle: (request) => void open.delete(JSON.stringify(request)),
  };
}

/** Like a UUID; `crypto.randomUUID` is missing on pages that were not loaded over https. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
