import { randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../src/db/database.ts';
import { encodeEventId, encodeId, type IdType } from '../../src/ids.ts';
import { appendAudit } from '../../src/services/audit/audit-store.ts';
import { LocalStorage } from '../../src/storage/local-storage.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import type { TestApp } from '../helpers/app.ts';
import { Client } from '../helpers/client.ts';

/** It is in every text of the owner that others may not read. */
export const SECRET = 'onlyowner';

export type OwnedType = Exclude<IdType, 'provider' | 'job'> | 'event';

export interface Owned {
  readonly owner: Client;
  readonly userId: string;
  /** One object of each type, as clients know it. */
  readonly ids: Readonly<Record<OwnedType, string>>;
}

/** A user with an object of each type, written by the database itself. */
export async function ownedObjects({ app, url, installation }: TestApp): Promise<Owned> {
  const { db, dataDir } = installation;
  const account = { username: 'owen', email: `${SECRET}@example.org`, password: PASSWORD, role: 'PREMIUM' } as const;
  const { id: userId } = await app.accounts.createUser(account);
  const owner = await Client.signIn(url, 'owen', PASSWORD);
  const [video, scene, generation, key] = [randomUUIDv7(), randomUUIDv7(), randomUUIDv7(), randomUUIDv7()];
  const run = db.sql();
  await sql`
    insert into videos (id, owner_id, title, description, source, script, language, status, aspect_ratio, resolution, file_key,
      thumbnail_key, analysis, completed_at, error)
    values (${video}, ${userId}, ${SECRET}, ${SECRET}, '{"kind": "topic", "text": "Bees"}', ${SECRET}, 'en', 'FAILED', 'SQUARE_1_1',
      'HD_720', ${`videos/${video}/film.mp4`}, ${`videos/${video}/${SECRET}.jpg`}, null, now(), null)`.execute(run);
  await sql`
    insert into scenes (id, video_id, position, narration, visual_prompt, image_key, audio_key)
    values (${scene}, ${video}, 0, ${SECRET}, ${SECRET}, ${`videos/${video}/scene.png`}, ${`videos/${video}/scene.wav`})`.execute(
    run,
  );
  await sql`
    insert into ai_generations (id, user_id, video_id, type, provider, prompt, status, result, error_message)
    values (${generation}, ${userId}, ${video}, 'TEXT', 'openai', ${SECRET}, 'COMPLETED', ${`{"text": "${SECRET}"}`}::jsonb, null)`.execute(
    run,
  );
  await sql`
    insert into jobs (id, queue, video_id, status, error_code, error_message, finished_at)
    values (${randomUUIDv7()}, 'VIDEO', ${video}, 'FAILED', 'STORAGE_ERROR', ${SECRET}, now())`.execute(run);
  await sql`
    insert into video_events (owner_id, seq, video_id, run, status, progress, message)
    values (${userId}, 1, ${video}, 1, 'PROCESSING', 5, ${SECRET}), (${userId}, 2, ${video}, 1, 'FAILED', 5, ${SECRET})`.execute(
    run,
  );
  await sql`
    insert into event_cursors (owner_id, last_seq) values (${userId}, 2)
    on conflict (owner_id) do update set last_seq = 2`.execute(run);
  await addStuckVideo(db, userId);
  await sql`update videos set last_event_seq = 2 where id = ${video}`.execute(run);
  await sql`
    insert into api_keys (id, user_id, name, prefix, secret_hash, permissions)
    values (${key}, ${userId}, ${SECRET}, 'av_000000000000', '-', '{VIDEO_READ}')`.execute(run);
  await sql`
    insert into provider_keys (user_id, provider, key_encrypted, last_four) values (${userId}, ${SECRET}, '-', '0000')`.execute(
    run,
  );
  await sql`update sessions set user_agent = ${SECRET} where user_id = ${userId}`.execute(run);
  await db.transaction((em) =>
    appendAudit(em, { action: 'video.test', actorId: userId, outcome: 'SUCCESS', details: { note: SECRET } }),
  );
  const [session, audit] = [
    await sql<{ id: string }>`select id from sessions where user_id = ${userId}`.execute(run),
    await sql<{ id: string }>`select id from audit_log where action = 'video.test'`.execute(run),
  ].map(({ rows }) => rows[0]?.id ?? '');
  await (await LocalStorage.open(join(dataDir, 'files'))).put(`videos/${video}/film.mp4`, Buffer.from(SECRET));
  const alert = randomUUIDv7();
  await addAlert(db, alert, userId);
  const backup = randomUUIDv7();
  await sql`
    insert into backups (id, kind, status, host, location) values (${backup}, 'ELSEWHERE', 'COMPLETED', '-', ${SECRET})`.execute(
    run,
  );
  const ids = {
    backup: encodeId('backup', backup),
    alert: encodeId('alert', alert),
    user: encodeId('user', userId),
    video: encodeId('video', video),
    scene: encodeId('scene', scene),
    generation: encodeId('generation', generation),
    key: encodeId('key', key),
    session: encodeId('session', session ?? ''),
    audit: encodeId('audit', audit ?? ''),
    event: encodeEventId({ ownerId: userId, seq: 1 }),
  };
  return { owner, userId, ids };
}

/** Acknowledged by the user; newer than those that a busy machine raises meanwhile. */
async function addAlert(db: Database, id: string, userId: string): Promise<void> {
  await sql`
    insert into alerts (id, rule, service, priority, message, action_required, details, count, raised_at, last_seen_at, respond_by, acknowledged_at, acknowledged_by)
    values (${id}, 'redis-lost', ${id}, 'P0', ${SECRET}, '-', '{}', 1, now() + interval '1 day', now(), now(), now(), ${userId})`.execute(
    db.sql(),
  );
}

async function addStuckVideo(db: Database, userId: string): Promise<void> {
  const video = randomUUIDv7();
  await sql`
    insert into videos (id, owner_id, title, source, language, status, aspect_ratio, resolution)
    values (${video}, ${userId}, ${SECRET}, '{"kind": "topic", "text": "Bees"}', 'en', 'PROCESSING', 'SQUARE_1_1', 'HD_720')`.execute(
    db.sql(),
  );
  await sql`
    with worker as (insert into workers (id, hostname, pid, slots) values (${randomUUIDv7()}, ${SECRET}, 1, 1) returning id)
    insert into jobs (id, queue, video_id, status, lease_expires_at, worker_id)
    select ${randomUUIDv7()}, 'VIDEO', ${video}, 'ACTIVE', now() - interval '1 hour', id from worker`.execute(db.sql());
}

/** The rows of a user that no one else may change, as one text. */
export async function rowsOf({ installation }: TestApp, userId: string): Promise<string> {
  const tables = ['videos', 'sessions', 'api_keys', 'user_roles', 'user_subscriptions', 'ai_quotas', 'ai_generations'];
  const rows = tables.map(
    async (table) =>
      await sql`select to_jsonb(one) - 'last_used_at' from ${sql.table(table)} as one where ${sql.ref(table === 'videos' ? 'owner_id' : 'user_id')} = ${userId} order by 1`.execute(
        installation.db.sql(),
      ),
  );
  const user = sql`select is_active, password_hash from users where id = ${userId}`.execute(installation.db.sql());
  return JSON.stringify((await Promise.all([...rows, user])).map((result) => result.rows));
}
