import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import type { Role } from '../../../src/entities/enums.ts';
import { encodeId } from '../../../src/ids.ts';
import { forgetAccessChanges } from '../../../src/jobs/tasks/forget-access-changes.ts';
import { DeletedVideoPurge } from '../../../src/jobs/tasks/purge-deleted-videos.ts';
import { deleteAccountData } from '../../../src/services/accounts/account-deletion.ts';
import { appendAudit } from '../../../src/services/audit/audit-store.ts';
import { LocalStorage } from '../../../src/storage/local-storage.ts';
import { accountsOn, faultsOf, PASSWORD } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { jobFixtureOn } from '../../helpers/job-fixture.ts';

const DEVICE = { ipAddress: '203.0.113.7', userAgent: 'a test' };
let db: Database;
let folder: string;
beforeAll(async () => {
  db = await createTestDatabase();
  folder = await mkdtemp(join(tmpdir(), 'deletion-'));
});
afterAll(async () => {
  await db.close();
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await db.sql().deleteFrom('users').execute();
});

async function person(username: string, role: Role = 'CREATOR') {
  const { accounts } = accountsOn(db);
  const user = await accounts.createUser({ username, email: `${username}@example.org`, password: PASSWORD, role });
  const { tokens } = await accounts.login({ identifier: username, password: PASSWORD }, DEVICE);
  return { user, viewer: await accounts.viewerOf(tokens.accessToken) };
}

const remove = (userId: string) => db.transaction((em) => deleteAccountData(em, userId));

/** How many rows of each table name the user or something of theirs. */
async function rowsOf(userId: string): Promise<Record<string, number>> {
  const { rows } = await sql<{ table_name: string; column_name: string }>`
    select c.table_name, c.column_name from information_schema.columns c
    join information_schema.tables t using (table_schema, table_name)
    where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
      and c.column_name in ('user_id', 'owner_id', 'actor_id', 'granted_by')`.execute(db.sql());
  const counts: Record<string, number> = {};
  for (const { table_name: table, column_name: column } of rows) {
    const counted = await sql<{ n: number }>`
      select count(*)::int as n from ${sql.table(table)} where ${sql.ref(column)} = ${userId}`.execute(db.sql());
    counts[`${table}.${column}`] = counted.rows[0]?.n ?? -1;
  }
  return counts;
}

/** The one exception: from these rows open connections learn within a second that the account is gone. */
const KEPT_FOR_MINUTES = ['access_changes.user_id'];

it('What an administrator did to others stays in the audit log, as the one place that names them after they are deleted', async () => {
  const { user } = await person('ann', 'ADMIN');
  const target = encodeId('user', randomUUID());
  const act = { action: 'role.grant', target, outcome: 'SUCCESS', details: { role: 'PREMIUM' } } as const;
  await db.transaction((em) => appendAudit(em, { ...act, actorId: user.id, ipAddress: '203.0.113.7' }));
  await remove(user.id);
  const named = Object.entries(await rowsOf(user.id)).filter(([, count]) => count !== 0);
  expect(named.map(([column]) => column).toSorted()).toEqual(['access_changes.user_id', 'audit_log.actor_id']);
  expect(await db.sql().selectFrom('audit_log').selectAll().where('actor_id', '=', user.id).execute()).toMatchObject([
    { ...act, ip_address: null },
  ]);
});

it('An administrator who deletes the own account leaves an entry that does not say who it was', async () => {
  const { user, viewer } = await person('ann', 'SUPER_ADMIN');
  await person('ben', 'SUPER_ADMIN');
  const { administration, auditLog } = accountsOn(db);
  await administration.deleteUser({ viewer, ipAddress: '203.0.113.7' }, user.id);
  expect((await auditLog.page({ first: 1 })).rows).toMatchObject([
    { action: 'user.delete', actorId: null, target: null, ipAddress: null, details: null, outcome: 'SUCCESS' },
  ]);
  expect(JSON.stringify(await auditLog.page({ first: 100 }))).not.toContain(encodeId('user', user.id));
  expect(await auditLog.count({ actorId: user.id })).toBe(0);
});

it('Nothing that names a deleted user is left in any table but administrative acts, and changes of access for ten minutes, and others keep what is theirs', async () => {
  const { user, viewer } = await person('ann');
  const other = await person('bea');
  const fixture = jobFixtureOn(db);
  const { video } = await fixture.order(viewer);
  const kept = await fixture.order(other.viewer);
  await db.transaction((em) =>
    appendAudit(em, { action: 'session.create', actorId: user.id, outcome: 'SUCCESS', ipAddress: '203.0.113.7' }),
  );
  expect((await rowsOf(user.id))['videos.owner_id']).toBe(1);

  const deleted = await remove(user.id);

  expect(deleted).toEqual({ sessionIds: [viewer.sessionId], videoIds: [video.id] });
  const tablesThatName = async () =>
    Object.entries(await rowsOf(user.id)).flatMap(([column, count]) => (count === 0 ? [] : [column]));
  expect(await tablesThatName()).toEqual(KEPT_FOR_MINUTES);
  await sql`update access_changes set at = at - interval '10.1 minutes'`.execute(db.sql());
  await forgetAccessChanges(db, new AbortController().signal);
  expect(await tablesThatName()).toEqual([]);
  expect(await db.sql().selectFrom('users').select('id').where('id', '=', user.id).execute()).toEqual([]);
  const { rows: targets } = await sql`select 1 from audit_log where target = ${encodeId('user', user.id)}`.execute(
    db.sql(),
  );
  expect(targets).toEqual([]);
  expect(await db.sql().selectFrom('videos').select('id').execute()).toEqual([{ id: kept.video.id }]);
  expect(await db.sql().selectFrom('jobs').select('video_id').execute()).toEqual([{ video_id: kept.video.id }]);
});

it('What was paid stays on record without its content', async () => {
  const { user, viewer } = await person('ann');
  const { video } = await jobFixtureOn(db).order(viewer);
  const [ofVideo, ordered] = [randomUUID(), randomUUID()];
  for (const [id, videoId] of [
    [ofVideo, video.id],
    [ordered, null],
  ])
    await sql`
      insert into ai_generations (id, user_id, video_id, type, provider, prompt, status, content_order, result)
      values (${id}, ${user.id}, ${videoId}, 'TEXT', 'openai', 'my secret plan', 'PENDING',
        ${videoId === null ? '{"type": "TEXT"}' : null}::jsonb, '{"text": "the secret"}')`.execute(db.sql());
  await sql`
    insert into generation_attempts (id, generation_id, provider, number, paid, state, run, cost, reserved, error_message) values
      (${randomUUID()}, ${ofVideo}, 'openai', 1, true, 'SETTLED', 1, 0.5, 0, null),
      (${randomUUID()}, ${ordered}, 'openai', 1, true, 'SENT', 1, 0, 0.25, 'the secret')`.execute(db.sql());

  await remove(user.id);

  const rows = await db.sql().selectFrom('ai_generations').selectAll().orderBy('cost').execute();
  expect(rows).toMatchObject(
    ['0.2500', '0.5000'].map((cost) => ({ cost, user_id: null, video_id: null, prompt: '', result: null })),
  );
  expect(rows.map((row) => row.content_order)).toEqual([null, null]);
  const attempts = await db.sql().selectFrom('generation_attempts').selectAll().orderBy('cost').execute();
  expect(attempts).toMatchObject([
    { state: 'UNCERTAIN', cost: '0.2500', error_message: null },
    { state: 'SETTLED', cost: '0.5000' },
  ]);
});

it('The files of a deleted account are removed ten minutes later, when no worker can write them any more', async () => {
  const storage = await LocalStorage.open(folder);
  const { user, viewer } = await person('ann');
  const { video } = await jobFixtureOn(db).order(viewer);
  await storage.put(`videos/${video.id}/film.mp4`, Buffer.from('film'));
  await remove(user.id);
  const purge = new DeletedVideoPurge(db, storage);
  const { signal } = new AbortController();
  await purge.purge(signal);
  expect(await storage.stat(`videos/${video.id}/film.mp4`)).not.toBeNull();
  await sql`update removed_files set removed_at = now() - interval '10.1 minutes'`.execute(db.sql());
  await purge.purge(signal);
  expect(await storage.stat(`videos/${video.id}/film.mp4`)).toBeNull();
  expect(await db.sql().selectFrom('removed_files').select('prefix').execute()).toEqual([]);
});

it('The last SUPER_ADMIN cannot be deleted, also not by two deletions at once', async () => {
  const ann = await person('ann', 'SUPER_ADMIN');
  expect(await faultsOf(remove(ann.user.id))).toEqual([['INVALID_STATE', undefined]]);
  const bea = await person('bea', 'SUPER_ADMIN');
  await sql`update users set is_active = false where id = ${bea.user.id}`.execute(db.sql());
  expect(await faultsOf(remove(ann.user.id))).toEqual([['INVALID_STATE', undefined]]);
  await sql`update users set is_active = true`.execute(db.sql());
  const outcomes = await Promise.allSettled([remove(ann.user.id), remove(bea.user.id)]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(await db.sql().selectFrom('users').select('id').execute()).toHaveLength(1);
});

it('An unknown user is not found', async () => {
  expect(await faultsOf(remove(randomUUID()))).toEqual([['NOT_FOUND', 'id']]);
});
