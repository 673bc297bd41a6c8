export interface RequestPatience {
    /** requests for one call, the first included */
    tries: number;
    /** before the second request, milliseconds; doubled before each further one */
    firstWaitMs: number;
    /** a longer wait that the API asks for is left to the caller, milliseconds */
    longestWaitMs: number;
    /** until a request counts as lost, milliseconds */
    answerMs: number;
}
export declare const REQUEST_PATIENCE: RequestPatience;
export type Fetch = (input: Request | URL | string, init?: RequestInit) => Promise<Response>;
/** @param patience tests shorten it */
export declare function repeatingFetch(fetch: Fetch, patience: RequestPatience): Fetch;
