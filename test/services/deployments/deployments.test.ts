import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { migrations } from '../../../src/db/migrations/migrations.ts';
import type { Notification } from '../../../src/services/alerts/notification.ts';
import { COMMAND_LINE } from '../../../src/services/audit/actor.ts';
import { verifyAudit } from '../../../src/services/audit/audit-verification.ts';
import { readDeployments, readRunningWork, recordStart } from '../../../src/services/deployments/deployment-store.ts';
import { pendingUpdate } from '../../../src/services/deployments/pending-locks.ts';
import { RollbackService } from '../../../src/services/deployments/rollback.service.ts';
import { createTestDatabase } from '../../helpers/database.ts';
import { withDatabase } from '../../helpers/database-url.ts';
import { ownerOn, videoServicesOn } from '../../helpers/video-services.ts';

const LAST = migrations.at(-1)?.name;
/** The state before the table of versions, which earlier programs do not miss. */
const BEFORE = migrations[migrations.findIndex(({ name }) => name === '0032-deployments') - 1]?.name ?? '';
let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
beforeEach(async () => {
  await sql`delete from deployments`.execute(db.sql());
});

const versions = async () => (await readDeployments(db.sql(), 10)).map(({ version }) => version);

describe('The history of versions', () => {
  it('has a row where the version changes, also back, and not for each start', async () => {
    await Promise.all(Array.from({ length: 4 }, () => recordStart(db, '1.0.0')));
    await recordStart(db, '1.1.0');
    await recordStart(db, '1.0.0');
    await recordStart(db, '1.0.0');
    expect(await versions()).toEqual(['1.0.0', '1.1.0', '1.0.0']);
    const [latest] = await readDeployments(db.sql(), 1);
    expect(latest).toMatchObject({ version: '1.0.0', migration: LAST });
    expect(latest?.lastSeenAt.getTime()).toBeGreaterThanOrEqual(latest?.firstSeenAt.getTime() ?? 0);
  });

  it('has a row where the same version has other migrations', async () => {
    await recordStart(db, '1.0.0');
    await sql`update deployments set migration = '0001-beginning'`.execute(db.sql());
    await recordStart(db, '1.0.0');
    expect(await versions()).toEqual(['1.0.0', '1.0.0']);
  });
});

describe('A pending update', () => {
  it('names the existing tables that it locks, with their sizes', async () => {
    const name = `test_${randomUUID().replaceAll('-', '')}`;
    const server = await openDatabase({ url: inject('databaseUrl'), poolMax: 1 });
    await server.em().execute(`create database ${name}`);
    await server.close();
    const old = await openDatabase({ url: withDatabase(inject('databaseUrl'), name), poolMax: 3 });
    try {
      expect(await pendingUpdate(old)).toMatchObject({ pending: migrations.map((one) => one.name), locked: [] });
      expect([await readRunningWork(old.sql()), await readDeployments(old.sql(), 1)]).toEqual([null, []]);
      await old.orm.migrator.up({ to: '0026-alert-deliveries' });
      const { pending, locked, unknown } = await pendingUpdate(old);
      expect([pending[0], unknown]).toEqual(['0027-figures', []]);
      expect(locked).toContainEqual(expect.objectContaining({ table: 'videos', lock: expect.any(String), rows: 0 }));
      // The index that 0029 drops belongs to it.
      expect(locked).toContainEqual(expect.objectContaining({ table: 'video_events', lock: 'reads and writes' }));
      expect(locked.map(({ table }) => table)).not.toContain('video_processing_history');
    } finally {
      await old.close();
    }
  });

  it('is none in an up-to-date database, where unknown migrations of a newer version are named', async () => {
    expect(await pendingUpdate(db)).toEqual({ pending: [], locked: [], unknown: [] });
    await sql`insert into migrations (name) values ('9999-future')`.execute(db.sql());
    try {
      expect((await pendingUpdate(db)).unknown).toEqual(['9999-future']);
    } finally {
      await sql`delete from migrations where name = '9999-future'`.execute(db.sql());
    }
  });

  it('counts the jobs that run and wait', async () => {
    await videoServicesOn(db).accept(await ownerOn(db));
    expect(await readRunningWork(db.sql())).toEqual({ active: 0, waiting: 1 });
  });
});

describe('A rollback', () => {
  const sent: Notification[] = [];
  const service = () =>
    new RollbackService({
      db,
      version: '2.0.0',
      channels: {
        sendNow: async (notification) => {
          sent.push(notification);
          return [{ notifier: 'slack', error: null }];
        },
      },
    });
  /** The version 1.0.0 ran with the migration, then 2.0.0 with all. */
  async function updated(migration: string): Promise<void> {
    await sql`insert into deployments (version, migration) values ('1.0.0', ${migration})`.execute(db.sql());
    await recordStart(db, '2.0.0');
  }

  it('to a version that works with what was added since is possible, recorded and notified', async () => {
    await updated(BEFORE);
    const plan = await service().plan('1.0.0');
    expect(plan).toMatchObject({ from: '2.0.0', to: { version: '1.0.0' } });
    expect(plan.migrationsSince.at(-1)).toBe(LAST);
    expect(await service().decide(COMMAND_LINE, plan)).toEqual([{ notifier: 'slack', error: null }]);
    expect(sent.map(({ title }) => title)).toEqual(['Auto Video goes back from version 2.0.0 to 1.0.0.']);
    const [entry] = (
      await sql`select action, target, details from audit_log order by seq desc limit 1`.execute(db.sql())
    ).rows;
    expect(entry).toMatchObject({ action: 'deploy.rollback', target: '1.0.0', details: { from: '2.0.0' } });
    expect((await verifyAudit(db)).problem).toBeNull();
  });

  it('is refused where a migration changed what the version uses', async () => {
    await updated('0012-outbox-senders');
    await expect(service().plan('1.0.0')).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringMatching(/^Version 1\.0\.0 does not fit the database: .*0013-no-refusals/),
    });
  });

  it('is refused to the running version, to one that never ran, and by a program that does not know the database', async () => {
    await updated(BEFORE);
    await expect(service().plan('2.0.0')).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(service().plan('0.9.0')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await sql`insert into migrations (name) values ('9999-future')`.execute(db.sql());
    try {
      await expect(service().plan('1.0.0')).rejects.toMatchObject({
        message: expect.stringContaining('does not know the migrations 9999-future'),
      });
    } finally {
      await sql`delete from migrations where name = '9999-future'`.execute(db.sql());
    }
  });
});
