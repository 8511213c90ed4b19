import { createClient } from '@redis/client';
import { sql } from 'kysely';
import { TokenSigner } from '../../src/auth/tokens.ts';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { fillLibrary, userId } from '../../test/helpers/many-videos.ts';
import { BENCH_SECRET } from '../shared/production.ts';

/** Number of signed-in users, each with a separate connection: one user never has two concurrent requests. */
export const CONNECTIONS = 32;
const OWNERS = 50;
const VIDEOS = 100_000;
/** Far below zero, so that no plan's limit is ever reached. */
const USED = -1_000_000_000;

const sessionId = (number: number) => `00000000-0000-7000-8000-c${number.toString(16).padStart(11, '0')}`;

/** A token for each connection, valid for a quarter of an hour: signed again for each round. */
export function freshTokens(): string[] {
  const signer = new TokenSigner(BENCH_SECRET);
  return Array.from({ length: CONNECTIONS }, (_, index) => {
    const number = index + 1;
    const roles = ['ADMIN'] as const;
    return signer.access({ userId: userId(number), sessionId: sessionId(number), username: `owner-${number}`, roles });
  });
}

/** 100,000 videos; the first owners are signed in, have all permissions, and never reach their quota. */
export async function fill(url: string): Promise<void> {
  const db = await openDatabase({ url, poolMax: 2, statementSeconds: 600 });
  try {
    await db.migrate();
    await fillLibrary(db, { owners: OWNERS, videos: VIDEOS });
    await signIn(db);
    await db.em().execute('vacuum analyze');
  } finally {
    await db.close();
  }
}

async function signIn(db: Database): Promise<void> {
  const ids = Array.from({ length: CONNECTIONS }, (_, index) => userId(index + 1));
  const sessions = ids.map((_, index) => sessionId(index + 1));
  await sql`insert into user_roles (user_id, role) select unnest(${ids}::uuid[]), 'ADMIN'`.execute(db.sql());
  await sql`
    insert into sessions (id, user_id, refresh_jti, expires_at)
    select id, user_id, gen_random_uuid(), now() + interval '1 day'
    from unnest(${sessions}::uuid[], ${ids}::uuid[]) as given (id, user_id)`.execute(db.sql());
  await sql`
    insert into ai_quotas (user_id, type, period, quota_limit, used, reset_at)
    select user_id, 'VIDEO', period, 1000, ${USED}, now() + interval '1 year'
    from unnest(${ids}::uuid[]) as user_id cross join unnest(array['DAILY', 'MONTHLY']) as period`.execute(db.sql());
}

export interface CreatedCounts {
  readonly videos: number;
  readonly jobs: number;
  /** Notifications that have not reached Redis. */
  readonly outbox: number;
  /** Notifications in Redis. */
  readonly queued: number;
}

/** Counts the rows and notifications that createVideo has created in this database, without the initial videos. */
export async function countCreated(url: string, redisUrl: string, prefix: string): Promise<CreatedCounts> {
  const db = await openDatabase({ url, poolMax: 1 });
  const redis = createClient({ url: redisUrl });
  try {
    await redis.connect();
    const { rows } = await sql<Record<keyof CreatedCounts, string>>`
      select (select count(*) from videos) - ${VIDEOS}::int as videos,
        (select count(*) from jobs) as jobs, (select count(*) from outbox) as outbox`.execute(db.sql());
    const [row] = rows;
    const queued = await redis.lLen(`${prefix}:bq:video:waiting`);
    const count = (name: keyof CreatedCounts) => Number(row?.[name]);
    return { videos: count('videos'), jobs: count('jobs'), outbox: count('outbox'), queued };
  } finally {
    if (redis.isOpen) redis.destroy();
    await db.close();
  }
}
