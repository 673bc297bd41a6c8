/** One bar per report on a terminal; elsewhere, one line for each tenth. */
import cliProgress, { type SingleBar } from 'cli-progress';
import type { Snapshot } from '../local/customer.ts';

export interface Progress {
  show(snapshot: Snapshot): void;
  end(): void;
}

export function createProgress(): Progress {
  return process.stdout.isTTY ? bars() : lines();
}

function bars(): Progress {
  const shown = new Map<string, SingleBar>();
  const all = new cliProgress.MultiBar({
    format: '  {title} {bar} {value}/{total} {state}',
    barCompleteChar: '█',
    barIncompleteChar: '░',
    hideCursor: true,
  });
  return {
    show(snapshot) {
      for (const { product, title, state, progress } of snapshot.reports) {
        const payload = { title: title.padEnd(20), state };
        const bar = shown.get(product);
        if (bar) bar.update(progress.done, payload);
        else shown.set(product, all.create(progress.total, progress.done, payload));
      }
    },
    end: () => all.stop(),
  };
}

function lines(): Progress {
  const shown = new Map<string, string>();
  return {
    show(snapshot) {
      for (const { product, title, state, progress } of snapshot.reports) {
        const tenth = Math.floor((10 * progress.done) / progress.total);
        const mark = `${state} ${tenth}`;
        if (shown.get(product) === mark) continue;
        shown.set(product, mark);
        console.log(`  ${title.padEnd(20)} ${progress.done}/${progress.total} ${state}`);
      }
    },
    end() {},
  };
}
