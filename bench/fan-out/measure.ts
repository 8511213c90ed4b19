import { readdirSync, readFileSync } from 'node:fs';
import { percentile } from '../shared/measure.ts';
import type { SubscriberGroup, Target } from './subscribers.ts';

export interface Sample {
  readonly perSecond: number;
  /** CPU µs of the server for each delivered message. */
  readonly cpuMicroseconds: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Share of its core that the load used: near 1 the load itself is the limit. */
  readonly load: number;
  /**
   * Share of the time for which the server was runnable but its core was used by other processes: near 0 on an idle
   * machine.
   */
  readonly waited: number;
}

/** Publishes events one after the other, each when every socket has received the last, for the given time. */
export async function measureRound(target: Target, group: SubscriberGroup, seconds: number): Promise<Sample> {
  group.latencies = [];
  const cpu = cpuMicroseconds(target.pid);
  const waiting = waitedMs(target.pid);
  const own = process.cpuUsage();
  const begun = performance.now();
  while (performance.now() - begun < 1_000 * seconds) await group.publishToAll();
  const milliseconds = performance.now() - begun;
  const { user, system } = process.cpuUsage(own);
  const { latencies } = group;
  return {
    perSecond: (1_000 * latencies.length) / milliseconds,
    cpuMicroseconds: (cpuMicroseconds(target.pid) - cpu) / latencies.length,
    p50Ms: percentile(latencies, 0.5),
    p95Ms: percentile(latencies, 0.95),
    load: (user + system) / 1_000 / milliseconds,
    waited: (waitedMs(target.pid) - waiting) / milliseconds,
  };
}

/**
 * CPU time of all threads of a process, from the kernel's own count in ns (first field of schedstat,
 * Documentation/scheduler/sched-stats).
 */
export function cpuMicroseconds(pid: number): number {
  const threads = readdirSync(`/proc/${pid}/task`);
  const ns = threads.map((thread) =>
    Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
  );
  return ns.reduce((sum, each) => sum + each, 0) / 1_000;
}

/** Time that a process' main thread has waited for its core (second field of schedstat). */
export function waitedMs(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1_000_000;
}

/** Resident memory of a process, in bytes (proc(5), VmRSS). */
export function residentBytes(pid: number): number {
  return 1_024 * Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}
