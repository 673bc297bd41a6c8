/** What one process lets through on its own while Redis is away: an equal share of the limits. */
import type { CallLimits } from './limits.ts';

export interface WaitingCall {
  id: string;
  reportId: string;
  tokens: number;
}

/**
 * @param open calls of this process in flight
 * @param processes that share the limits
 * @returns calls that may go now, starting with the report that has waited longest for a turn
 */
export type OwnShare = (
  waiting: Iterable<WaitingCall>,
  open: number,
  processes: number,
) => WaitingCall[];

/**
 * Paced without bursts: together the shares stay under the limits in any sliding minute.
 * @param windowMs a minute, plus the time that a request may take to reach the provider
 */
export function createOwnShare(
  limits: CallLimits,
  windowMs: number,
  clock: () => number,
): OwnShare {
  let pace = 0;
  const lastTurn = new Map<string, number>();
  let turn = 0;

  return (waiting, open, processes) => {
    const most = limits.inFlight === null ? Infinity : Math.max(1, limits.inFlight / processes);
    const queue = [...waiting];
    const granted: WaitingCall[] = [];
    while (queue.length > 0 && pace <= clock() && open + granted.length + 1 <= most) {
      const waitedLongest = (a: WaitingCall, b: WaitingCall): number =>
        (lastTurn.get(a.reportId) ?? 0) - (lastTurn.get(b.reportId) ?? 0);
      const call = queue.toSorted(waitedLongest)[0];
      if (!call) break;
      queue.splice(queue.indexOf(call), 1);
      turn += 1;
      lastTurn.set(call.reportId, turn);
      pace = Math.max(pace, clock()) + processes * windowMs * shareOf(call.tokens, limits);
      granted.push(call);
    }
    if (queue.length === 0) lastTurn.clear();
    return granted;
  };
}

/** @returns the share of a minute's room that a call takes */
function shareOf(tokens: number, { requestsPerMinute, tokensPerMinute }: CallLimits): number {
  return Math.max(
    requestsPerMinute === null ? 0 : 1 / requestsPerMinute,
    tokensPerMinute === null ? 0 : tokens / tokensPerMinute,
  );
}
