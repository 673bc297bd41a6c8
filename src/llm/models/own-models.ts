/** What a founder's config adds to the tables: models of a server of one's own, and prices. */
import type { Likes } from './profile-of.ts';

/** Dollars per million tokens. */
export interface OwnPrice {
  in: number;
  cached: number;
  written: number;
  out: number;
}

export interface OwnModels {
  likes: Likes;
  /** by a model's full name; they go before the package's */
  prices: Readonly<Record<string, OwnPrice>>;
}

export const NO_OWN_MODELS: OwnModels = { likes: {}, prices: {} };
