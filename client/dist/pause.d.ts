/** Waits, or ends early: a wait that nobody needs any more must not keep a page or a process busy. */
/** @throws the signal's reason once it is aborted */
export declare function pause(ms: number, signal?: AbortSignal | null): Promise<void>;
