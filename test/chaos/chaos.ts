import { setTimeout as sleep } from 'node:timers/promises';
import { decodeEventId, encodeEventId } from '../../src/ids.ts';
import { Random } from '../../src/providers/local/cards/random.ts';
import { Client } from '../helpers/client.ts';
import { type Evidence, gather, tally } from './evidence.ts';
import { FAULTS, type Fault, type FaultName } from './faults.ts';
import { Follower, type Person } from './follower.ts';
import { orderVideo, runAgain, scriptOf } from './orders.ts';
import { Site } from './site.ts';

export interface ChaosOptions {
  readonly videos: number;
  readonly seed: string;
  readonly leaseSeconds: number;
  /** How often each fault happens. */
  readonly faults: Readonly<Partial<Record<FaultName, number>>>;
  /** The places at which workers kill themselves. */
  readonly deaths: readonly string[];
  /** When the run ends in any case, in seconds. */
  readonly within: number;
  readonly tell: (sentence: string) => void;
}

export interface ChaosResult extends Evidence {
  /** What went wrong on purpose, how often; false for what this machine does not allow. */
  readonly happened: Readonly<Record<string, number | false>>;
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

const VIDEOS_OF_ONE = 40;

/** Makes videos on an installation where everything goes wrong that the seed says, and gathers what came of them. */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const begun = performance.now();
  const seconds = () => (performance.now() - begun) / 1_000;
  const { seed, leaseSeconds, deaths, videos, within, tell } = options;
  const site = await Site.open({ seed, workers: 2, leaseSeconds, deaths });
  try {
    const promised = new Set<string>();
    const people = await settle(site, Math.ceil(videos / VIDEOS_OF_ONE), seed, promised);
    tell(`${videos} videos of ${people.length} people, ${deaths.length} places at which workers kill themselves`);
    const [happened] = await Promise.all([wreak(site, options), orderRest(people, options, promised)]);
    await allEnded(site, within - seconds(), tell);
    const failedAtFirst = await failures(site);
    await Promise.all(
      people.flatMap(({ client, ownerId }) =>
        failedAtFirst.filter((one) => one.owner_id === ownerId).map(({ id }) => runAgain(client, id)),
      ),
    );
    await allEnded(site, within - seconds(), tell);
    for (const person of people) await caughtUp(site, person);
    return {
      ...(await gather(site, promised, people)),
      failedAtFirst: tally(failedAtFirst.map(({ error }) => error?.code ?? 'no reason')),
      happened,
      deaths: site.deaths,
      reconnects: people.reduce((sum, { follower }) => sum + follower.reconnects, 0),
      refused: site.standIn.refused,
      hungUp: site.standIn.hungUp,
      stops: site.stops,
      seconds: seconds(),
    };
  } finally {
    await site.close();
  }
}

/** The first video of each person is ordered before they follow, so that there is an event to go on from. */
async function settle(site: Site, count: number, seed: string, promised: Set<string>): Promise<Person[]> {
  const names = Array.from({ length: count }, (_, at) => `person-${at}`);
  await site.makeUsers(names);
  return await Promise.all(
    names.map(async (name) => {
      const client = await Client.signIn(site.url, name, site.password);
      const { id, cursor } = await orderVideo(client, `The first video of ${name}, seed ${seed}.`);
      promised.add(id);
      const ownerId = decodeEventId(cursor)?.ownerId ?? '';
      return { ownerId, client, follower: new Follower(client, cursor, new Random(`${seed} ${name}`)) };
    }),
  );
}

/** A little faster than they can be made, so that some always wait. */
async function orderRest(
  people: readonly Person[],
  { videos, seed }: ChaosOptions,
  promised: Set<string>,
): Promise<void> {
  const random = new Random(`${seed} orders`);
  for (let count = people.length; count < videos; count++) {
    const person = people[count % people.length];
    if (!person) throw new Error('Somebody has to order.');
    const { id } = await orderVideo(person.client, scriptOf(`video ${count}, seed ${seed}`, random), `order-${count}`);
    promised.add(id);
    await sleep(random.between(0, 600));
  }
}

async function wreak(site: Site, { faults, seed, leaseSeconds, tell }: ChaosOptions) {
  const random = new Random(`${seed} faults`);
  const happened: Record<string, number | false> = {};
  const plan = Object.entries(faults).flatMap(([name, count]) => Array.from({ length: count }, () => name));
  for (const name of random.shuffled(plan)) {
    await sleep(random.between(500, 3_000));
    tell(name);
    const done = await faultNamed(name)(site, random, leaseSeconds);
    happened[name] = done === false ? false : Number(happened[name] ?? 0) + 1;
  }
  return happened;
}

function faultNamed(name: string): Fault {
  const found = Object.entries(FAULTS).find(([known]) => known === name);
  if (!found) throw new Error(`There is no fault named ${name}.`);
  return found[1];
}

/** Waits until no video is under way any more, or the time is over. */
async function allEnded(site: Site, seconds: number, tell: (sentence: string) => void): Promise<void> {
  const end = performance.now() + seconds * 1_000;
  for (let looks = 0; performance.now() < end; looks++) {
    const { left } = await site.db
      .sql()
      .selectFrom('videos')
      .select((row) => row.fn.countAll<string>().as('left'))
      .where('status', 'in', ['PENDING', 'PROCESSING'])
      .executeTakeFirstOrThrow();
    if (left === '0') return;
    if (looks % 20 === 0) tell(`${left} videos are not ready yet`);
    await sleep(500);
  }
}

async function failures(site: Site) {
  return await site.db
    .sql()
    .selectFrom('videos')
    .select(['id', 'owner_id', 'error'])
    .where('status', '=', 'FAILED')
    .execute();
}

/** Subscribers get what is still under way to them, and leave. */
async function caughtUp(site: Site, { ownerId, follower }: Person): Promise<void> {
  const { seq } = await site.db
    .sql()
    .selectFrom('event_cursors')
    .select('last_seq as seq')
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow();
  await follower.hasSeen(encodeEventId({ ownerId, seq: Number(seq) }), 20);
  await follower.leave();
}
