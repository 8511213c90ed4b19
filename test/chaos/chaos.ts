import { setTimeout as sleep } from 'node:timers/promises';
import type { ContentSource } from './content-source.ts';
import { retryVideo } from './create-videos.ts';
import { collectEvidence, type Evidence, TOO_DEAR, tally } from './evidence.ts';
import { type FaultOptions, type InjectedFaults, injectFaults } from './faults.ts';
import { type Installation, openInstallation } from './installation.ts';
import { StallDetector, workProgress } from './progress-mark.ts';
import { Run } from './run.ts';
import { type ChaosUser, createRest, createUsers, waitForAllEvents } from './users.ts';

export interface ChaosOptions extends FaultOptions {
  readonly videos: number;
  /** The places at which workers kill themselves. */
  readonly crashes: readonly string[];
  /** Starts what the contents of the videos come from. */
  openSource(): Promise<ContentSource>;
  /** The run ends with its current results after this many seconds without progress. */
  readonly stallSeconds: number;
  /** Ends the run early: it then throws the signal's reason. */
  readonly signal: AbortSignal;
}

export interface ChaosResult extends Evidence {
  /** The faults that were injected. */
  readonly injected: InjectedFaults;
  /** The number of workers that crashed at a place of `crashes`. */
  readonly crashes: number;
  /** The number of videos that failed during the faults, for each reason; their owners ran them again later. */
  readonly failedAtFirst: Readonly<Record<string, number>>;
  readonly reconnects: number;
  /** How workers ended that were stopped: exit codes or signals. */
  readonly stops: readonly (number | string | null)[];
  readonly seconds: number;
}

const WORKERS = 2;
/** In which failed videos are run again. */
const MOST_ROUNDS = 5;

/**
 * Makes videos on an installation with the faults that the seed determines, and collects the results. A failure of any
 * part ends all others; when this throws, nothing is left running.
 */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  await using resources = new AsyncDisposableStack();
  const run = new Run(options.signal);
  const installation = await openInstallation({ ...options, workers: WORKERS }, run);
  resources.defer(() => installation.close());
  resources.defer(() => run.end());
  return await run.part(makeVideos(installation, options, run));
}

async function makeVideos(installation: Installation, options: ChaosOptions, run: Run): Promise<ChaosResult> {
  const { crashes, videos, print } = options;
  const acceptedIds = new Set<string>();
  const users = await createUsers(installation, options, acceptedIds, run);
  print(`${videos} videos of ${users.length} users, ${crashes.length} places at which workers kill themselves`);
  const [injected] = await Promise.all([
    run.part(injectFaults(installation, options, run.signal)),
    run.part(createRest(installation, users, options, acceptedIds, run.signal)),
  ]);
  await allEnded(installation, options, run);
  const failedAtFirst = await failures(installation);
  let failed = failedAtFirst;
  // Workers may crash at their places again, and each lost answer may need a decision.
  for (let round = 0; failed.length > 0 && round < MOST_ROUNDS; round++) {
    await runAllAgain(failed, users, run);
    await allEnded(installation, options, run);
    failed = await failures(installation);
  }
  const ends = await Promise.all(users.map((user) => waitForAllEvents(installation, user, options.stallSeconds)));
  const evidence = await collectEvidence(installation, acceptedIds, ends);
  // A part may have failed that is not awaited.
  run.signal.throwIfAborted();
  return {
    ...evidence,
    failedAtFirst: tally(failedAtFirst.map(({ error }) => error?.code ?? 'no reason')),
    injected,
    crashes: installation.workers.crashes,
    reconnects: users.reduce((sum, { subscriber }) => sum + subscriber.reconnects, 0),
    stops: installation.workers.stops,
    seconds: run.seconds,
  };
}

/**
 * Waits until no video is in progress any more, as long as there is progress: a busy machine is slow, and a late video is
 * not lost. Where nothing has moved for the given time, the remaining videos are reported as they are.
 */
async function allEnded({ db }: Installation, { stallSeconds, print }: ChaosOptions, run: Run): Promise<void> {
  const stallDetector = new StallDetector(stallSeconds, () => run.seconds);
  for (let looks = 0; ; looks++) {
    const { left, mark } = await workProgress(db);
    if (left === 0) return;
    if (stallDetector.isStalled(mark))
      return print(`nothing has moved for ${stallSeconds} s; ${left} videos are not ready`);
    if (looks % 20 === 0) print(`${left} videos are not ready yet`);
    await sleep(500, undefined, { signal: run.signal });
  }
}

/** Those that a retry may help. */
async function failures({ db }: Installation) {
  const failed = await db
    .sql()
    .selectFrom('videos')
    .select(['id', 'owner_id', 'error'])
    .where('status', '=', 'FAILED')
    .execute();
  return failed.filter(({ error }) => error?.code !== TOO_DEAR);
}

/** Retries failed videos, as their owners. */
async function runAllAgain(
  failed: Awaited<ReturnType<typeof failures>>,
  users: readonly ChaosUser[],
  run: Run,
): Promise<void> {
  const clients = new Map(users.map(({ ownerId, client }) => [ownerId, client]));
  const again = failed.map(async ({ id, owner_id }) => {
    const owner = clients.get(owner_id);
    if (!owner) throw new Error(`The owner of ${id} is unknown.`);
    await retryVideo(owner, id, run.signal);
  });
  await Promise.all(again.map((going) => run.part(going)));
}
