/** How long the event loop's turns take, by the clock and by this thread's own CPU time. */

export interface LoopTurns {
  /** milliseconds; the clock's time includes other processes on the same cores */
  longest: { cpuMs: number; wallMs: number };
  stop(): void;
}

/** Looks once per millisecond. */
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
