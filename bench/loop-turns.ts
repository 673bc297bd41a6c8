/** How long the event loop's turns are: by the clock, and by what the process itself computed in them. */

export interface LoopTurns {
  /** milliseconds; the clock's also counts what other processes did on the same cores */
  longest: { cpuMs: number; wallMs: number };
  stop(): void;
}

/** Looks once a millisecond. */
export function watchLoopTurns(): LoopTurns {
  const longest = { cpuMs: 0, wallMs: 0 };
  let cpu = threadCpuMs();
  let wall = performance.now();
  const timer = setInterval(() => {
    const cpuNow = threadCpuMs();
    const wallNow = performance.now();
    longest.cpuMs = Math.max(longest.cpuMs, cpuNow - cpu);
    longest.wallMs = Math.max(longest.wallMs, wallNow - wall);
    cpu = cpuNow;
    wall = wallNow;
  }, 1);
  return { longest, stop: () => clearInterval(timer) };
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
