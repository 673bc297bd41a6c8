/** Alarms: what stands still or is broken, from its beginning to its end. An operator is told of both, once. */

/** What is watched as one: an area that cannot be read changes none of its alarms. */
export type AlarmArea =
  | 'life_api'
  | 'life_workers'
  | 'life_sweep'
  | 'held'
  | 'held_ends'
  | 'reports'
  | 'refunds'
  | 'purges'
  | 'events'
  | 'letters'
  | 'redis'
  | 'queues'
  | 'models';

/** One row per cause, with its newest episode. */
export interface Alarm {
  cause: string;
  area: AlarmArea;
  /** 1 for the first time that this cause is seen; part of the alert's key */
  episode: number;
  /** since when it lasts, ISO 8601 as all times here */
  since: string;
  /** the same of what came to it last: once all that the last look saw is over, the next is a new episode */
  upTo: string;
  /** when a watch saw it first */
  seenAt: string;
  /** when an operator was told of it; null: not yet */
  toldAt: string | null;
  /** its alert's first line, once told */
  what: string | null;
  /** null: it lasts */
  endedAt: string | null;
}

export type NewAlarm = Pick<Alarm, 'cause' | 'area' | 'since' | 'upTo'>;

export interface AlarmStore {
  /** Those that last. */
  open(area?: AlarmArea): Promise<Alarm[]>;
  /** Opens the cause's next episode. @returns the open one, also when another process was faster */
  begin(alarm: NewAlarm, now: Date): Promise<Alarm>;
  /** Does nothing once this episode has ended. */
  change(alarm: Alarm, change: Partial<Pick<Alarm, 'upTo' | 'toldAt' | 'what'>>): Promise<void>;
  end(alarm: Alarm, now: Date): Promise<void>;
}
