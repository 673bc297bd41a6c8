/** What a model call used, as the provider counts it. */

export interface Usage {
  tokensIn: number;
  /** part of tokensIn that the provider had cached */
  tokensCached: number;
  /** part of tokensIn that it wrote to its cache; left out where it does not say, and in rows of old releases */
  tokensWritten?: number;
  tokensOut: number;
  /** part of tokensOut that the model thought before it wrote; left out as above */
  tokensReasoning?: number;
}

export const NO_USAGE: Usage = { tokensIn: 0, tokensCached: 0, tokensOut: 0 };
