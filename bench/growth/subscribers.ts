import { openOurs } from '../fan-out/in-memory.ts';
import { measureRound, type Sample } from '../fan-out/measure.ts';
import { SubscriberGroup, type Target } from '../fan-out/subscribers.ts';
import { median, row, say } from '../shared/measure.ts';
import { ANY_CORE, LOAD_CORE, pinTo } from '../shared/production.ts';

const SOCKETS = [1, 10, 100, 1_000, 10_000];
const ROUNDS = 3;
const SECONDS = 2;
const WARM_UP = 20;

/** One event after the other to an increasing number of sockets, at our server with its events in memory. */
export async function measureSubscribers(resources: AsyncDisposableStack): Promise<void> {
  const own = resources.use(new AsyncDisposableStack());
  const target = await openOurs([], own);
  pinTo(LOAD_CORE);
  say();
  row('sockets', 'CPU µs a message', 'p50 ms', 'p95 ms', 'relative to the first');
  let first: number | undefined;
  for (const sockets of SOCKETS) {
    const samples = await samplesOf(target, sockets);
    const of = (key: keyof Sample) => median(samples.map((sample) => sample[key]));
    const cpu = of('cpuMicroseconds');
    first ??= cpu;
    const cells = [cpu, of('p50Ms'), of('p95Ms')].map((value) => value.toFixed(1));
    row(sockets.toLocaleString('en'), ...cells, (cpu / first).toFixed(2));
  }
  await own.disposeAsync();
  pinTo(ANY_CORE);
}

async function samplesOf(target: Target, sockets: number): Promise<Sample[]> {
  const group = await SubscriberGroup.open(target, sockets);
  try {
    for (let event = 0; event < WARM_UP; event++) await group.publishToAll();
    const samples: Sample[] = [];
    for (let round = 0; round < ROUNDS; round++) samples.push(await measureRound(target, group, SECONDS));
    await group.complete();
    return samples;
  } finally {
    group.close();
  }
}
