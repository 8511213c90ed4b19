import { setTimeout as sleep } from 'node:timers/promises';
import { type Evidence, gather, tally } from './evidence.ts';
import { type Happened, type Storm, wreak } from './faults.ts';
import { movement, Stillness } from './movement.ts';
import { runAgain } from './orders.ts';
import { caughtUp, orderRest, type Person, settle } from './people.ts';
import { Run } from './run.ts';
import { openSite, type Site } from './site.ts';

export interface ChaosOptions extends Storm {
  readonly videos: number;
  /** The places at which workers kill themselves. */
  readonly deaths: readonly string[];
  /** How long nothing may move, in seconds, before the run ends with what there is. */
  readonly stillSeconds: number;
  /** Ends the run early: it then throws the signal's reason. */
  readonly signal: AbortSignal;
}

export interface ChaosResult extends Evidence {
  /** What went wrong on purpose. */
  readonly happened: Happened;
  /** How many workers died at a place of `deaths`. */
  readonly deaths: number;
  /** How many videos failed in the storm, for each reason; their owners ran them again after it. */
  readonly failedAtFirst: Readonly<Record<string, number>>;
  readonly reconnects: number;
  readonly refused: number;
  readonly hungUp: number;
  /** How workers ended that were asked to: exit codes or signals. */
  readonly stops: readonly (number | string | null)[];
  readonly seconds: number;
}

const WORKERS = 2;

/**
 * Makes videos on an installation where everything goes wrong that the seed says, and gathers what came of them. Whatever
 * part of it fails ends all others; when this throws, nothing is left running.
 */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  await using resources = new AsyncDisposableStack();
  const run = new Run(options.signal);
  const site = await openSite({ ...options, workers: WORKERS }, run);
  resources.defer(() => site.close());
  resources.defer(() => run.end());
  return await run.part(makeVideos(site, options, run));
}

async function makeVideos(site: Site, options: ChaosOptions, run: Run): Promise<ChaosResult> {
  const { deaths, videos, tell } = options;
  const promised = new Set<string>();
  const people = await settle(site, options, promised, run);
  tell(`${videos} videos of ${people.length} people, ${deaths.length} places at which workers kill themselves`);
  const [happened] = await Promise.all([
    run.part(wreak(site, options, run.signal)),
    run.part(orderRest(people, options, promised, run.signal)),
  ]);
  await allEnded(site, options, run);
  const failedAtFirst = await failures(site);
  await runAllAgain(failedAtFirst, people, run);
  await allEnded(site, options, run);
  const ends = await Promise.all(people.map((person) => caughtUp(site, person, options.stillSeconds)));
  const evidence = await gather(site, promised, ends);
  // Something may have failed that nobody was waiting for.
  run.signal.throwIfAborted();
  return {
    ...evidence,
    failedAtFirst: tally(failedAtFirst.map(({ error }) => error?.code ?? 'no reason')),
    happened,
    deaths: site.workers.deaths,
    reconnects: people.reduce((sum, { follower }) => sum + follower.reconnects, 0),
    refused: site.standIn.refused,
    hungUp: site.standIn.hungUp,
    stops: site.workers.stops,
    seconds: run.seconds,
  };
}

/**
 * Waits until no video is under way any more, for as long as work moves: a busy machine is slow, and a video that comes late is
 * not lost. Where nothing has moved for so long, what is left is reported as it is.
 */
async function allEnded({ db }: Site, { stillSeconds, tell }: ChaosOptions, run: Run): Promise<void> {
  const stillness = new Stillness(stillSeconds, () => run.seconds);
  for (let looks = 0; ; looks++) {
    const { left, mark } = await movement(db);
    if (left === 0) return;
    if (stillness.isOver(mark)) return tell(`nothing has moved for ${stillSeconds} s; ${left} videos are not ready`);
    if (looks % 20 === 0) tell(`${left} videos are not ready yet`);
    await sleep(500, undefined, { signal: run.signal });
  }
}

async function failures({ db }: Site) {
  return await db
    .sql()
    .selectFrom('videos')
    .select(['id', 'owner_id', 'error'])
    .where('status', '=', 'FAILED')
    .execute();
}

/** Their owners do. */
async function runAllAgain(
  failed: Awaited<ReturnType<typeof failures>>,
  people: readonly Person[],
  run: Run,
): Promise<void> {
  const clients = new Map(people.map(({ ownerId, client }) => [ownerId, client]));
  const again = failed.map(async ({ id, owner_id }) => {
    const owner = clients.get(owner_id);
    if (!owner) throw new Error(`Nobody we know ordered ${id}.`);
    await runAgain(owner, id, run.signal);
  });
  await Promise.all(again.map((going) => run.part(going)));
}
