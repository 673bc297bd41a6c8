/** The limits that the provider sets for an account, and how a call waits for its turn. */

/** For all workers together. Null means no limit. */
export interface CallLimits {
  requestsPerMinute: number | null;
  /** input and output */
  tokensPerMinute: number | null;
  inFlight: number | null;
}

export interface CallWish {
  /** all calls of one report share its turns */
  reportId: string;
  /** the most tokens that it may take */
  tokens: number;
  /** after this many milliseconds it has certainly ended, even if nobody reported it */
  leaseMs: number;
  signal: AbortSignal;
}

/** A call that may go. */
export interface Admission {
  /** Call this when it has ended. @param tokens that it took; null: unknown, so the most is counted */
  end(tokens: number | null): void;
}

export interface Limits {
  /** Waits for the call's turn, with no limit. @throws the signal's reason */
  admit(wish: CallWish): Promise<Admission>;
  close(): void;
}

/** Lets every call through. */
export const NO_LIMITS: Limits = {
  admit: async () => ({ end: () => {} }),
  close: () => {},
};
