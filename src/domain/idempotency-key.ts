/** A client's key for one request: the same key gives the same order. */

export interface IdempotencyKey {
  key: string;
  /** SHA-256 of the request body */
  bodyHash: string;
  orderId: string;
  createdAt: string;
}

export interface IdempotencyKeyStore {
  /** First writer wins. @returns the row that is stored */
  insert(row: IdempotencyKey): Promise<IdempotencyKey>;
}
