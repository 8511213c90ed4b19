import { setTimeout as sleep } from 'node:timers/promises';
import { decodeEventId, encodeEventId } from '../../src/ids.ts';
import { Random } from '../../src/providers/local/cards/random.ts';
import { Client } from '../helpers/client.ts';
import { Follower } from './follower.ts';
import { orderVideo, scriptOf } from './orders.ts';
import type { Run } from './run.ts';
import { PASSWORD } from './settings.ts';
import type { Site } from './site.ts';

/** Somebody who orders videos and follows them. */
export interface Person {
  readonly ownerId: string;
  readonly client: Client;
  readonly follower: Follower;
}

export interface Orders {
  readonly videos: number;
  readonly seed: string;
}

const VIDEOS_OF_ONE = 40;

/** The first video of each person is ordered before they follow, so that there is an event to go on from. */
export async function settle(
  site: Site,
  { videos, seed }: Orders,
  promised: Set<string>,
  run: Run,
): Promise<readonly Person[]> {
  const names = Array.from({ length: Math.ceil(videos / VIDEOS_OF_ONE) }, (_, at) => `person-${at}`);
  await site.makeUsers(names);
  const arrive = async (name: string) => {
    const client = await Client.signIn(site.url, name, PASSWORD);
    const { id, cursor } = await orderVideo(
      client,
      { script: `The first video of ${name}, seed ${seed}.` },
      run.signal,
    );
    promised.add(id);
    const ownerId = decodeEventId(cursor)?.ownerId ?? '';
    return { ownerId, client, follower: new Follower(client, cursor, new Random(`${seed} ${name}`), run) };
  };
  return await Promise.all(names.map((name) => run.part(arrive(name))));
}

/** A little faster than they can be made, so that some always wait. */
export async function orderRest(
  people: readonly Person[],
  { videos, seed }: Orders,
  promised: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  const random = new Random(`${seed} orders`);
  for (let count = people.length; count < videos; count++) {
    const person = people[count % people.length];
    if (!person) throw new Error('Somebody has to order.');
    const script = scriptOf(`video ${count}, seed ${seed}`, random);
    const { id } = await orderVideo(person.client, { script, idempotencyKey: `order-${count}` }, signal);
    promised.add(id);
    await sleep(random.between(0, 600), undefined, { signal });
  }
}

/** Somebody who has left, and how far the log was then. */
export interface CaughtUp extends Person {
  readonly lastSeq: number;
}

/** They get what is still under way to them, for as long as anything comes, and leave. */
export async function caughtUp(site: Site, person: Person, stillSeconds: number): Promise<CaughtUp> {
  const { ownerId, follower } = person;
  const { seq } = await site.db
    .sql()
    .selectFrom('event_cursors')
    .select('last_seq as seq')
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow();
  await follower.hasSeen(encodeEventId({ ownerId, seq: Number(seq) }), stillSeconds);
  await follower.leave();
  return { ...person, lastSeq: Number(seq) };
}
