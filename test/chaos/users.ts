import { setTimeout as sleep } from 'node:timers/promises';
import { decodeEventId, encodeEventId } from '../../src/ids.ts';
import { Random } from '../../src/providers/local/cards/random.ts';
import { Client } from '../helpers/client.ts';
import type { VideoOwner } from './content-source.ts';
import { createVideo } from './create-videos.ts';
import type { Installation } from './installation.ts';
import type { Run } from './run.ts';
import { PASSWORD } from './settings.ts';
import { Subscriber } from './subscriber.ts';

/** A user who creates videos and subscribes to them. */
export interface ChaosUser extends VideoOwner {
  readonly subscriber: Subscriber;
}

export interface UserOptions {
  readonly videos: number;
  readonly seed: string;
}

const VIDEOS_OF_ONE = 40;

/** The first video of each user is created before the subscription, so that there is an event to resume from. */
export async function createUsers(
  installation: Installation,
  { videos, seed }: UserOptions,
  acceptedIds: Set<string>,
  run: Run,
): Promise<readonly ChaosUser[]> {
  const names = Array.from({ length: Math.ceil(videos / VIDEOS_OF_ONE) }, (_, at) => `person-${at}`);
  await installation.makeUsers(names);
  const createUser = async (name: string, at: number) => {
    const client = await Client.signIn(installation.url, name, PASSWORD);
    const input = installation.source.videoInput(at, new Random(`${seed} first of ${name}`));
    const { id, cursor } = await createVideo(client, { input }, run.signal);
    acceptedIds.add(id);
    const ownerId = decodeEventId(cursor)?.ownerId ?? '';
    return { ownerId, client, subscriber: new Subscriber(client, cursor, new Random(`${seed} ${name}`), run) };
  };
  return await Promise.all(names.map((name, at) => run.part(createUser(name, at))));
}

/** A little faster than they can be made, so that some always wait. */
export async function createRest(
  { source }: Pick<Installation, 'source'>,
  users: readonly ChaosUser[],
  { videos, seed }: UserOptions,
  acceptedIds: Set<string>,
  signal: AbortSignal,
): Promise<void> {
  const random = new Random(`${seed} orders`);
  for (let count = users.length; count < videos; count++) {
    const user = users[count % users.length];
    if (!user) throw new Error('There must be at least one user.');
    const input = source.videoInput(count, random);
    const { id } = await createVideo(user.client, { input, idempotencyKey: `order-${count}` }, signal);
    acceptedIds.add(id);
    await sleep(random.between(0, 600), undefined, { signal });
  }
}

/** A subscriber that has left, and the end of the log at that time. */
export interface UserAtEnd extends ChaosUser {
  readonly lastSeq: number;
}

/** They receive the events that are still in transit, for as long as any arrive, and leave. */
export async function waitForAllEvents(
  installation: Installation,
  user: ChaosUser,
  stallSeconds: number,
): Promise<UserAtEnd> {
  const { ownerId, subscriber } = user;
  const { seq } = await installation.db
    .sql()
    .selectFrom('event_cursors')
    .select('last_seq as seq')
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow();
  await subscriber.waitForEvent(encodeEventId({ ownerId, seq: Number(seq) }), stallSeconds);
  await subscriber.leave();
  return { ...user, lastSeq: Number(seq) };
}
