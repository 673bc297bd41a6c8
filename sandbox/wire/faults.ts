/** Misbehaviour on demand: orders such as "the next 3 answers are 503" or "10% stall, seed 7". */
import { hash32, randomFrom } from './random.ts';

export interface Fault<Kind extends string = string> {
  kind: Kind;
  /** how many times to misbehave; null: no end */
  count: number | null;
  /** how many of the matching requests pass first */
  after: number;
  /** share of the matching requests, 0-1 */
  probability: number;
  seed: number;
  /** only requests whose method, path or body contains this */
  match: string | null;
  /** how long `slow` takes, milliseconds; another kind may define its own use of it */
  ms: number | null;
  /** Retry-After of a 429 or 503, seconds; null: no such header */
  retryAfter: number | null;
}

export interface Faults<Kind extends string = string> {
  readonly kinds: readonly Kind[];
  /** @throws Error that names the wrong field and what is allowed */
  order(wish: Record<string, unknown>): Fault<Kind>;
  clear(): void;
  /**
   * The fault for this request, or null. Counts it down. Chance depends on the request's text and on
   * how often it came, never on time or order. So a run with the same seed meets the same faults at any
   * concurrency.
   */
  meet(request: string, among?: readonly Kind[]): Fault<Kind> | null;
}

export function createFaults<Kind extends string>(
  kinds: readonly Kind[],
  defaultSeed: number,
): Faults<Kind> {
  let ordered: { fault: Fault<Kind>; passed: number; seen: Map<number, number> }[] = [];
  return {
    kinds,
    order(wish) {
      const fault = parse(wish, kinds, defaultSeed);
      ordered.push({ fault, passed: 0, seen: new Map() });
      return fault;
    },
    clear() {
      ordered = [];
    },
    meet(request, among = kinds) {
      const matching = ordered.filter(
        ({ fault }) =>
          among.includes(fault.kind) && (fault.match === null || request.includes(fault.match)),
      );
      // each fault counts every request, whichever fault the request gets
      for (const entry of matching) entry.passed += 1;
      for (const { fault, passed, seen } of matching) {
        if (fault.count === 0 || passed <= fault.after) continue;
        if (fault.probability < 1) {
          const cause = hash32(request);
          const times = (seen.get(cause) ?? 0) + 1;
          seen.set(cause, times);
          const draw = randomFrom(hash32(`${fault.seed} ${cause} ${times} ${fault.kind}`))();
          if (draw >= fault.probability) continue;
        }
        if (fault.count !== null) fault.count -= 1;
        return fault;
      }
      return null;
    },
  };
}

function parse<Kind extends string>(
  wish: Record<string, unknown>,
  kinds: readonly Kind[],
  defaultSeed: number,
): Fault<Kind> {
  const kind = kinds.find((known) => known === wish.kind);
  if (kind === undefined) throw new Error(`kind: must be one of ${kinds.join(', ')}`);
  const probability = numberOf(wish, 'probability', 1);
  const count = numberOf(wish, 'count', wish.probability === undefined ? 1 : null);
  return {
    kind,
    count,
    after: numberOf(wish, 'after', 0) ?? 0,
    probability: probability ?? 1,
    seed: numberOf(wish, 'seed', defaultSeed) ?? defaultSeed,
    match: typeof wish.match === 'string' ? wish.match : null,
    ms: numberOf(wish, 'ms', null),
    retryAfter: numberOf(wish, 'retryAfter', null),
  };
}

function numberOf(
  wish: Record<string, unknown>,
  name: string,
  otherwise: number | null,
): number | null {
  const value = wish[name];
  if (value === undefined) return otherwise;
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) {
    throw new Error(`${name}: must be a number, 0 or more`);
  }
  return value;
}
