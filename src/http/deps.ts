/** What the HTTP side needs: use cases, and the little that it reads itself. */
import type { Queue } from 'bullmq';
import type { Catalogue } from '../domain/catalogue.ts';
import type { ReadMailEvents } from '../domain/ports/mail-events.ts';
import type { Places } from '../domain/ports/sky.ts';
import type { Orders } from '../orders/create-orders.ts';
import type { Operators } from '../orders/operators/create-operators.ts';
import type { ReadUsage } from '../orders/operators/read-usage.ts';
import type { ReadTrouble } from '../orders/watch/read-trouble.ts';
import type { Log } from '../telemetry/log.ts';
import type { Edge } from './edge.ts';
import type { OperatorSessions } from './operators/operator-sessions.ts';

export interface HttpDeps {
  orders: Orders;
  readMailEvents: ReadMailEvents;
  catalogue: Catalogue;
  places: Places;
  log: Log;
  /** where customers reach the API, without a slash at the end */
  publicUrl: string;
  readiness: Readiness;
  edge: Edge;
  readUsage: ReadUsage;
  /** opens the metrics, and nothing else; null: only operators read them */
  metricsToken: string | null;
  /** null: operator routes are off */
  operator: {
    sessions: OperatorSessions;
    queues: Queue[];
    operators: Operators;
  } | null;
}

export interface Readiness {
  /** what must answer, by name; a probe throws when it does not */
  probes: Record<string, () => Promise<void>>;
  /** each must answer within this, milliseconds */
  withinMs: number;
  /** what operators are shown besides */
  readTrouble: ReadTrouble;
}
