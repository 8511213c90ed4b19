import { setTimeout as sleep } from 'node:timers/promises';
import { percentile, row, say } from '../shared/measure.ts';
import { VIDEOS_OF_AN_OWNER } from './full-server.ts';
import { cpuMicroseconds, residentBytes, waitedMs } from './measure.ts';
import { SubscriberGroup, type Target } from './subscribers.ts';

const SETTLE_MS = 3_000;

/**
 * An event a second for each video, distributed over the second owner by owner, for the given time; then prints the
 * results. Throws if an event is lost or duplicated.
 */
export async function measureLarge(target: Target, sockets: number, seconds: number): Promise<void> {
  const videos = target.numbers.length;
  const before = residentBytes(target.pid);
  const [begun, cpuBefore] = [performance.now(), cpuMicroseconds(target.pid)];
  const group = await SubscriberGroup.open(target, sockets);
  try {
    const opened = (performance.now() - begun) / 1_000;
    const opening = (cpuMicroseconds(target.pid) - cpuBefore) / sockets;
    await sleep(SETTLE_MS);
    const open = residentBytes(target.pid);
    const [cpu, own, waiting] = [cpuMicroseconds(target.pid), process.cpuUsage(), waitedMs(target.pid)];
    const { writes, took } = await publishSteadily(group, videos, seconds);
    await group.complete();
    const used = cpuMicroseconds(target.pid) - cpu;
    const { user, system } = process.cpuUsage(own);
    const waited = (waitedMs(target.pid) - waiting) / took;
    const { latencies } = group;
    const count = (number: number) => number.toLocaleString('en');
    say(`\n${count(sockets)} sockets at ${count(videos)} videos, an event a second for each, in ${took.toFixed(1)} s`);
    say(
      `  ${count(latencies.length)} messages of ${count(group.messageBytes)} bytes, all in order, none lost, none duplicated`,
    );
    row('milliseconds', 'p50', 'p95', 'p99', 'most');
    line('from the notification to the socket', latencies);
    line('writing the event, before that', writes);
    const kib = (bytes: number) => `${((bytes - before) / sockets / 1_024).toFixed(1)} KiB`;
    row('memory of a socket', `${kib(open)} open`, `${kib(residentBytes(target.pid))} at the end`);
    row(
      'server',
      `${(used / took / 10_000).toFixed(0)} % of its core`,
      `${(used / latencies.length).toFixed(1)} CPU µs each`,
    );
    row('waiting for its core', `${(waited / 10).toFixed(0)} % of the time`);
    row('load', `${((user + system) / took / 10_000).toFixed(0)} % of its core`);
    row('opening all', `${opened.toFixed(1)} s`, `${opening.toFixed(0)} CPU µs each`);
  } finally {
    group.close();
  }
}

/**
 * Publishes owner after owner, all videos of one at once. Returns the milliseconds of each write, and the total
 * seconds.
 */
async function publishSteadily(
  group: SubscriberGroup,
  videos: number,
  seconds: number,
): Promise<{ writes: number[]; took: number }> {
  const owners = Math.ceil(videos / VIDEOS_OF_AN_OWNER);
  const writes: number[] = [];
  const running: Promise<void>[] = [];
  const publish = async (owner: number) => {
    const begun = performance.now();
    await group.publish(Array.from({ length: VIDEOS_OF_AN_OWNER }, (_, index) => owner + index * owners));
    writes.push(performance.now() - begun);
  };
  const begun = performance.now();
  for (let sent = 0; sent < owners * seconds; await sleep(1))
    for (const due = (performance.now() - begun) * (owners / 1_000); sent <= due && sent < owners * seconds; sent++)
      running.push(publish(sent % owners));
  await Promise.all(running);
  return { writes, took: (performance.now() - begun) / 1_000 };
}

function line(name: string, milliseconds: readonly number[]): void {
  row(name, ...[0.5, 0.95, 0.99, 1].map((share) => percentile(milliseconds, share).toFixed(1)));
}
