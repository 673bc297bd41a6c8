/** The limits that the provider sets an account, and how a call waits for its turn under them. */

/** Of all workers together. Null: none. */
export interface CallLimits {
  requestsPerMinute: number | null;
  /** in and out */
  tokensPerMinute: number | null;
  inFlight: number | null;
}

export interface CallWish {
  /** calls of one report share its turns */
  reportId: string;
  /** the most that it may take */
  tokens: number;
  /** after this it has certainly ended, also when nobody said so; milliseconds */
  leaseMs: number;
  signal: AbortSignal;
}

/** A call that was let through. */
export interface Admission {
  /** To be called when it has ended. @param tokens that it took; null: unknown, the most is counted */
  end(tokens: number | null): void;
}

export interface Limits {
  /** Waits for the call's turn, however long. @throws the signal's reason */
  admit(wish: CallWish): Promise<Admission>;
  close(): void;
}

/** What lets every call through. */
export const NO_LIMITS: Limits = {
  admit: async () => ({ end: () => {} }),
  close: () => {},
};
