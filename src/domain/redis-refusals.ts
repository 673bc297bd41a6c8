/** Which replies of Redis mean that this connection leads to the wrong server, or to one that is not ready. */

/**
 * After a failover a connection may stay with the old server. That one is a read replica now (READONLY), ends
 * blocked calls (UNBLOCKED), loads the new primary's data (LOADING), has lost its primary (MASTERDOWN) or all
 * replicas (NOREPLICAS). Redis 6 puts its own words before a script's reply, and a minus between them.
 */
const REFUSALS = /(?:^|-)(?:READONLY|UNBLOCKED|LOADING|MASTERDOWN|NOREPLICAS)\b/;

/** @returns true when Redis did nothing of what was asked, and a new connection may lead to one that does */
export function mustReconnect(reply: Error): boolean {
  return REFUSALS.test(reply.message);
}
