/** What a model call used, as the provider counts it. */

export interface Usage {
  tokensIn: number;
  /** part of tokensIn that the provider had cached */
  tokensCached: number;
  tokensOut: number;
}

export const NO_USAGE: Usage = { tokensIn: 0, tokensCached: 0, tokensOut: 0 };
