/** How long the reports that are open at one moment take until they run again. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../src/domain/ports/store.ts';
import type { Report } from '../src/domain/report.ts';
import { CLAIMABLE } from '../src/domain/transitions.ts';

export interface PickUp {
  /** reports open at that moment */
  open: number;
  /** reports that had not run again when the measurement gave up */
  never: number;
  /** milliseconds; for reports that wait for a worker's slot, this wait included */
  p50: number;
  most: number;
  /** the most for reports that were running at that moment */
  mostOfRunning: number;
}

const LOOK_MS = 200;

/** A report runs again when it was claimed again, saved a section, moved on or settled. */
export async function measurePickUp(store: Store, mostMs: number): Promise<PickUp> {
  const began = Date.now();
  const waiting = new Map<string, string>();
  const running = new Set<string>();
  for (const report of await openReports(store)) {
    waiting.set(report.id, await markOf(store, report));
    if (report.state !== 'waiting') running.add(report.id);
  }
  const open = waiting.size;
  const times: number[] = [];
  let mostOfRunning = 0;
  while (waiting.size > 0 && Date.now() - began < mostMs) {
    await sleep(LOOK_MS);
    const still = new Map((await openReports(store)).map((report) => [report.id, report]));
    for (const [id, mark] of waiting) {
      const report = still.get(id);
      if (report && (await markOf(store, report)) === mark) continue;
      waiting.delete(id);
      const tookMs = Date.now() - began;
      times.push(tookMs);
      if (running.has(id)) mostOfRunning = Math.max(mostOfRunning, tookMs);
    }
  }
  times.sort((a, b) => a - b);
  const most = waiting.size > 0 ? mostMs : (times.at(-1) ?? 0);
  const p50 = times[Math.floor(times.length / 2)] ?? most;
  return { open, never: waiting.size, p50, most, mostOfRunning };
}

function openReports(store: Store): Promise<Report[]> {
  return Array.fromAsync(store.reports.inStates(CLAIMABLE));
}

/** Giving a report back changes its state, but is not a run. Only fence, sections and later states show one. */
async function markOf(store: Store, report: Report): Promise<string> {
  const { fence, state } = report;
  const sections = await store.sections.steps(report);
  return `${fence} ${sections.length} ${state === 'rendering' || state === 'delivering'}`;
}
