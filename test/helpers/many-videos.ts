import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';

/** Always the same UUID: of the user, video or scene with this number. */
export const userId = (number: number) => uuid('a', number);
export const videoId = (number: number) => uuid('b', number);

function uuid(kind: string, number: number): string {
  return `00000000-0000-7000-8000-${kind}${number.toString(16).padStart(11, '0')}`;
}

export interface Library {
  readonly owners: number;
  /** Distributed over the owners in turn, one per second. */
  readonly videos: number;
  /** Scenes of each video, and its six stages. */
  readonly scenes?: number;
}

/** Many owners with many videos, written by the database itself. Titles are `Video 1` … */
export async function fillLibrary(db: Database, { owners, videos, scenes = 0 }: Library): Promise<void> {
  await addOwners(db, owners);
  await addVideos(db, owners, 1, videos);
  if (scenes > 0) await addScenesAndStages(db, scenes);
  await sql`analyze videos, users, scenes, video_stages, video_counts`.execute(db.sql());
}

export async function addOwners(db: Database, owners: number): Promise<void> {
  await sql`
    insert into users (id, username, email_encrypted, email_index, password_hash)
    select ('00000000-0000-7000-8000-a' || lpad(to_hex(i), 11, '0'))::uuid, 'owner-' || i, '-', 'index ' || i, '-'
    from generate_series(1, ${owners}::int) as i`.execute(db.sql());
}

/** Those with these numbers, including the last one. */
export async function addVideos(db: Database, owners: number, first: number, last: number): Promise<void> {
  await sql`
    insert into videos (id, owner_id, title, description, source, language, status, aspect_ratio, resolution, duration_seconds, tags,
      created_at, updated_at)
    select ('00000000-0000-7000-8000-b' || lpad(to_hex(i), 11, '0'))::uuid,
      ('00000000-0000-7000-8000-a' || lpad(to_hex(1 + (i - 1) % ${owners}::int), 11, '0'))::uuid,
      'Video ' || i, 'About ' || i, '{"kind": "topic", "text": "Bees"}', 'en', 'COMPLETED', 'LANDSCAPE_16_9', 'HD_720', i % 600,
      array['tag' || i % 10], timestamptz '2026-01-01 00:00:00Z' + i * interval '1 second', now()
    from generate_series(${first}::int, ${last}::int) as i`.execute(db.sql());
}

async function addScenesAndStages(db: Database, scenes: number): Promise<void> {
  await sql`
    insert into scenes (id, video_id, position, narration, visual_prompt)
    select gen_random_uuid(), videos.id, i, 'Scene ' || i, 'A bee' from videos, generate_series(0, ${scenes}::int - 1) as i`.execute(
    db.sql(),
  );
  await sql`
    insert into video_stages (video_id, stage, status, started_at)
    select videos.id, stage, 'COMPLETED', timestamptz '2026-01-01 00:00:00.25Z'
    from videos, unnest(array['ANALYSIS', 'ASSEMBLY', 'CAPTIONS', 'SPEECH', 'VISUALS', 'SCRIPT']) as stage`.execute(
    db.sql(),
  );
}

/** Counts the statements that the pool of `db` runs; a transaction counts as one. */
export async function statementCounter(db: Database): Promise<() => number> {
  const pool: unknown = await db.orm.em.getConnection().getNativeClient();
  if (!isEmitter(pool)) throw new Error('The driver has no pool.');
  let statements = 0;
  pool.on('acquire', () => statements++);
  return () => statements;
}

function isEmitter(value: unknown): value is { on(event: string, listener: () => void): void } {
  return typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'function';
}
