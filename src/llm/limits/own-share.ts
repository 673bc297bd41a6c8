/** What one process lets through by itself while Redis is away: an equal share of the limits. */
import type { CallLimits } from './limits.ts';

export interface WaitingCall {
  id: string;
  reportId: string;
  tokens: number;
}

/**
 * @param open calls of this process in flight
 * @param processes among which the limits are shared
 * @returns calls that may go now, the report that went longest ago first
 */
export type OwnShare = (
  waiting: Iterable<WaitingCall>,
  open: number,
  processes: number,
) => WaitingCall[];

/**
 * Paced without bursts: together the shares stay under the limits in any sliding minute.
 * @param windowMs a minute, and a little more for what a request takes to reach the provider
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

/** @returns which part of a minute's room a call takes up */
function shareOf(tokens: number, { requestsPerMinute, tokensPerMinute }: CallLimits): number {
  return Math.max(
    requestsPerMinute === null ? 0 : 1 / requestsPerMinute,
    tokensPerMinute === null ? 0 : tokens / tokensPerMinute,
  );
}
