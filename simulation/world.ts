/** A simulated world: a seeded scheduler picks what happens next and sets the clock. Same seed, same trace. */
import { randomFrom } from '../sandbox/wire/random.ts';
import { type Agenda, createAgenda } from './agenda.ts';

/** A process of the simulated house. What a dead one waits for never comes. */
export interface Process {
  name: string;
  alive: boolean;
  /** suspended until this time, milliseconds */
  suspendedUntil: number;
}

export interface World {
  now(): number;
  clock(): Date;
  /** 0 to below 1 */
  random(): number;
  chance(probability: number): boolean;
  pick<T>(from: readonly T[]): T | undefined;
  /** Lets the scheduler decide when the process continues. */
  turn(process: Process, what: string): Promise<void>;
  sleep(process: Process, ms: number, what: string): Promise<void>;
  /** Runs what is due; the scheduler decides in which order. */
  tick(): Promise<void>;
  ticks(): number;
  note(what: string): void;
  /** of everything that happened, in order */
  hash(): string;
}

interface Waiting {
  process: Process;
  what: string;
  go(): void;
}

/** Milliseconds that a message takes at most; once in a while, far longer. */
const MESSAGE_MS = 8;
const DELAY_MS = 15_000;
const DELAYED = 0.002;
/** the real one, whatever the globals hold during a simulation */
const settled = globalThis.setImmediate;
const START = Date.UTC(2026, 0, 1);

export function createWorld(seed: number): World & { timers: Timers } {
  const random = randomFrom(seed);
  const ready: Waiting[] = [];
  const agenda = createAgenda();
  let now = START;
  let ticks = 0;
  let trace = 0x811c9dc5;
  let length = 0;

  function note(what: string): void {
    length += 1;
    for (let index = 0; index < what.length; index += 1) {
      trace = Math.imul(trace ^ what.charCodeAt(index), 0x01000193);
    }
  }

  /** Nothing can continue before the next timer, or before a suspended process wakes. */
  function nextTime(): number {
    let next = agenda.next();
    for (const { process } of ready) {
      if (process.alive) next = Math.min(next, process.suspendedUntil);
    }
    return next === Number.POSITIVE_INFINITY ? now : Math.max(now, next);
  }

  function takeReady(): Waiting | undefined {
    for (let index = ready.length - 1; index >= 0; index -= 1) {
      if (!ready[index]?.process.alive) ready.splice(index, 1);
    }
    const able = ready.filter(({ process }) => process.suspendedUntil <= now);
    const chosen = able[Math.floor(random() * able.length)];
    if (chosen) ready.splice(ready.indexOf(chosen), 1);
    return chosen;
  }

  const world: World = {
    now: () => now,
    clock: () => new Date(now),
    random,
    chance: (probability) => random() < probability,
    pick: (from) => from[Math.floor(random() * from.length)],
    turn: (process, what) =>
      new Promise((go) => {
        ready.push({ process, what, go });
      }),
    async sleep(process, ms, what) {
      await new Promise<void>((go) => agenda.add(now + Math.max(0, ms), go));
      await world.turn(process, what);
    },
    async tick() {
      ticks += 1;
      now += Math.floor(random() * (random() < DELAYED ? DELAY_MS : MESSAGE_MS));
      if (!ready.some(({ process }) => process.suspendedUntil <= now)) now = nextTime();
      const fired = agenda.fire(now);
      const chosen = takeReady();
      if (chosen) {
        note(`${now} ${chosen.process.name} ${chosen.what}`);
        chosen.go();
      }
      if (fired > 0 || chosen) await new Promise(settled); // until nothing moves by itself
    },
    ticks: () => ticks,
    note,
    hash: () => `${(trace >>> 0).toString(16).padStart(8, '0')}-${length}`,
  };
  return { ...world, timers: timersOf(() => now, agenda) };
}

export interface Timers {
  set(go: () => void, ms?: number): number;
  every(go: () => void, ms?: number): number;
  clear(id: unknown): void;
}

function timersOf(now: () => number, agenda: Agenda): Timers {
  const current = new Map<number, number>();
  return {
    set: (go, ms = 0) => agenda.add(now() + Math.max(0, ms), go),
    every(go, ms = 0) {
      const id = agenda.add(now() + ms, fire);
      current.set(id, id);
      function fire(): void {
        if (!current.has(id)) return;
        current.set(id, agenda.add(now() + ms, fire));
        go();
      }
      return id;
    },
    clear(id) {
      if (typeof id !== 'number') return;
      agenda.remove(current.get(id) ?? id);
      current.delete(id);
    },
  };
}
