import type { ChaosResult } from './chaos.ts';

/** The broken promises, as sentences; there should be none. */
export function broken(result: ChaosResult): string[] {
  const promises: readonly (readonly [number, string])[] = [
    [result.lost, 'videos were lost: no job will ever make them'],
    [result.late, 'videos have a job and were not ready when nothing moved any more'],
    [result.filesMissing, 'completed videos have no file, or only a part of it'],
    [result.stagesTwice, 'stages were done twice'],
    ...result.requests.broken,
    [result.eventsMissing, 'events were missing for subscribers'],
    [result.eventsTwiceOrOutOfOrder, 'events came twice or out of order'],
    [result.stops.filter((end) => end !== 0).length, 'workers did not stop gracefully'],
    [result.failedAtFirst['no reason'] ?? 0, 'videos failed without a reason'],
    [Object.keys(result.failed).length, 'kinds of failure stayed when the videos were run again'],
  ];
  return promises.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
}

export function report(result: ChaosResult): string {
  const faults = Object.entries(result.injected).map(([name, count]) =>
    count === false ? `${name}: not possible here` : `${name} ${count}`,
  );
  const lines: readonly (readonly [string, string | number])[] = [
    ['injected faults', [...faults, `worker killed at a checkpoint ${result.crashes}`].join(', ')],
    ['videos in', result.videos],
    ['completed', result.completed],
    ['failed in the storm, and were run again', reasons(result.failedAtFirst)],
    ['failed in the end', reasons(result.failed)],
    ['stopped at their limit of money', result.tooDear],
    ['lost', result.lost],
    ['late, with nothing moving any more', result.late],
    ['completed without a whole file', result.filesMissing],
    ['stages done twice', result.stagesTwice],
    ...result.requests.lines,
    ['events for subscribers', `${result.events} over ${result.reconnects} reconnections`],
    ['events missing', result.eventsMissing],
    ['events twice or out of order', result.eventsTwiceOrOutOfOrder],
    ['a lost worker’s video resumed after', resumeTimes(result.resumes)],
    ['whole run', `${result.seconds.toFixed(0)} s`],
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  const table = lines.map(([name, value]) => `${name.padEnd(width)}  ${value}\n`).join('');
  return `${table}${broken(result)
    .map((sentence) => `BROKEN: ${sentence}\n`)
    .join('')}`;
}

function reasons(failed: Readonly<Record<string, number>>): string {
  const list = Object.entries(failed).map(([code, count]) => `${count} ${code}`);
  return list.length === 0 ? '0' : list.join(', ');
}

function resumeTimes(ascending: readonly number[]): string {
  const at = (share: number) => ascending[Math.min(ascending.length - 1, Math.floor(share * ascending.length))] ?? 0;
  return `p50 ${at(0.5).toFixed(1)} s, p99 ${at(0.99).toFixed(1)} s (${ascending.length} times)`;
}
