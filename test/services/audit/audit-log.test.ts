import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../../src/db/database.ts';
import { encodeId } from '../../../src/ids.ts';
import { type AuditEvent, appendAudit, eraseFromAudit } from '../../../src/services/audit/audit-store.ts';
import { verifyAudit } from '../../../src/services/audit/audit-verification.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const ANN = '0190a0b0-0000-7000-8000-000000000001';
const BEN = '0190a0b0-0000-7000-8000-000000000002';
const SIGN_IN: AuditEvent = {
  action: 'session.create',
  actorId: ANN,
  target: 'session_1',
  outcome: 'SUCCESS',
  ipAddress: '203.0.113.7',
  details: { zeta: 'Fïrefox 🦊', alpha: null, count: 2, known: true },
};

let db: Database;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.close());
const append = (event: Partial<AuditEvent> = {}) => db.transaction((em) => appendAudit(em, { ...SIGN_IN, ...event }));
const erase = (userId: string) => db.transaction((em) => eraseFromAudit(em, userId));
const entries = () => db.sql().selectFrom('audit_log').selectAll().orderBy('seq').execute();
/** As somebody with access to the database could, past the trigger. */
const tamper = (statement: string) =>
  db.transaction(async (em) => {
    await em.execute('alter table audit_log disable trigger all');
    await em.execute(statement);
    await em.execute('alter table audit_log enable trigger all');
  });

describe('The audit log', () => {
  beforeEach(async () => {
    await tamper('delete from audit_log');
    await db.em().execute("update audit_chain set seq = 0, hash = repeat('0', 64)");
  });

  it('is verified from its first entry to its last', async () => {
    expect(await verifyAudit(db)).toMatchObject({ entries: 0, problem: null });
    await append();
    await append({ actorId: null, target: null, ipAddress: null, details: null, outcome: 'DENIED' });
    expect(await verifyAudit(db)).toMatchObject({ entries: 2, erased: 0, problem: null });
  });

  it('has one order when many add entries at once, and no entry of a transaction that fails', async () => {
    const failing = db.transaction(async (em) => {
      await appendAudit(em, SIGN_IN);
      throw new Error('This transaction fails.');
    });
    await Promise.all([
      ...Array.from({ length: 20 }, () => append()),
      expect(failing).rejects.toThrow('This transaction'),
    ]);
    expect(await verifyAudit(db)).toMatchObject({ entries: 20, problem: null });
  });

  it('takes its place in the chain and is added in one statement, so that others wait for no client', async () => {
    let appended: Promise<void> | undefined;
    await db.transaction(async (em) => {
      await em.execute('select from audit_chain for update');
      appended = append();
      await vi.waitFor(async () => {
        const { rows } = await sql<{ query: string }>`
          select query from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(
          db.sql(),
        );
        // PostgreSQL shows the wait before the statement at times.
        expect(rows).toEqual([{ query: expect.stringMatching(/update audit_chain.*insert into audit_log/s) }]);
      }, 10_000);
    });
    await appended;
    expect(await verifyAudit(db)).toMatchObject({ entries: 1, problem: null });
  });

  it.each([
    ['a changed actor', `update audit_log set actor_id = '${BEN}' where seq = 2`, 2, 'the content was changed'],
    ['changed details', `update audit_log set details = '{"count": 3}' where seq = 2`, 2, 'the content was changed'],
    ['a later time', "update audit_log set at = at + interval '1 s' where seq = 2", 2, 'the content was changed'],
    ['a removed entry', 'delete from audit_log where seq = 2', 2, 'the entry is missing'],
    ['a removed last entry', 'delete from audit_log where seq = 3', 3, 'entries at the end are missing'],
    [
      'another digest',
      'update audit_log set salt = null, erased_at = now(), digest = hash where seq = 2',
      2,
      'the entry does not follow the one before',
    ],
  ])('shows %s', async (_name, statement, seq, reason) => {
    for (let count = 0; count < 3; count += 1) await append();
    await tamper(statement);
    expect((await verifyAudit(db)).problem).toEqual({ seq, reason });
  });

  it.each([
    "update audit_log set outcome = 'SUCCESS'",
    'update audit_log set erased_at = now()',
    `update audit_log set erased_at = now(), salt = null, details = null, actor_id = '${BEN}'`,
    "update audit_log set erased_at = now(), salt = null, details = '{}'",
    "update audit_log set erased_at = now(), salt = null, target = 'session_2'",
    "update audit_log set erased_at = now(), salt = null, ip_address = '203.0.113.8'",
    'update audit_log set erased_at = now(), salt = null, digest = hash',
    'delete from audit_log',
    'truncate audit_log',
  ])('rejects "%s"', async (statement) => {
    await append();
    await expect(db.em().execute(statement)).rejects.toThrow('cannot be changed or removed');
    expect(await verifyAudit(db)).toMatchObject({ entries: 1, erased: 0, problem: null });
  });

  it('loses what an erased account did to itself, and stays whole', async () => {
    const ann = encodeId('user', ANN);
    await append();
    await append({ action: 'provider_key.set', target: 'openai' });
    await append({ action: 'quota.set', target: ann });
    await append({ action: 'session.create', actorId: null, target: ann, outcome: 'FAILURE' });
    await append({ actorId: BEN });
    await append({ actorId: null, target: encodeId('user', BEN), outcome: 'FAILURE' });
    expect(await erase(ANN)).toBe(4);
    const rows = await entries();
    const nothing = { actor_id: null, target: null, ip_address: null, details: null, salt: null };
    const kept = { ip_address: '203.0.113.7', details: SIGN_IN.details, erased_at: null };
    expect(rows).toMatchObject([nothing, nothing, nothing, nothing, { actor_id: BEN, ...kept }, kept]);
    expect(await verifyAudit(db)).toMatchObject({ entries: 6, erased: 4, problem: null });
  });

  it('keeps what an erased account did to others, without its address', async () => {
    const [target, details] = [encodeId('user', BEN), { role: 'SUPER_ADMIN' }];
    await append({ action: 'role.grant', target, details });
    await append({ action: 'queue.clear', target: 'VIDEO', details: null });
    expect(await erase(ANN)).toBe(2);
    expect(await entries()).toMatchObject([
      { actor_id: ANN, action: 'role.grant', target, details, ip_address: null, salt: null },
      { actor_id: ANN, action: 'queue.clear', target: 'VIDEO', ip_address: null, salt: null },
    ]);
    expect(await verifyAudit(db)).toMatchObject({ entries: 2, erased: 2, problem: null });
  });

  it('keeps what others did to an erased account, without its id', async () => {
    const [target, details] = [encodeId('user', ANN), { role: 'SUPER_ADMIN' }];
    await append({ actorId: BEN, action: 'role.grant', target, details });
    await append({ actorId: null, action: 'user.create', target, details, ipAddress: null });
    expect(await erase(ANN)).toBe(2);
    const rows = await entries();
    expect(rows).toMatchObject([
      { actor_id: BEN, target: null, details, ip_address: '203.0.113.7', salt: null },
      { actor_id: null, target: null, details, salt: null },
    ]);
    expect(JSON.stringify(rows)).not.toContain(target);
    expect(await verifyAudit(db)).toMatchObject({ entries: 2, erased: 2, problem: null });
  });

  it.each([
    ['the actor first', [ANN, BEN]],
    ['the target first', [BEN, ANN]],
  ])('can lose both of its accounts, %s', async (_order, accounts) => {
    await append({ action: 'role.grant', target: encodeId('user', BEN), details: { role: 'ADMIN' } });
    for (const account of accounts) expect(await erase(account)).toBe(1);
    expect(await entries()).toMatchObject([
      { actor_id: ANN, target: null, ip_address: null, details: { role: 'ADMIN' }, salt: null },
    ]);
    expect(await verifyAudit(db)).toMatchObject({ entries: 1, erased: 1, problem: null });
  });

  it('shortens what does not fit its columns, and leaves out what PostgreSQL does not store', async () => {
    await append({ target: `a\0b\ud800${'x'.repeat(300)}` });
    await append({ target: 'x'.repeat(300), ipAddress: 'y'.repeat(60) });
    expect(await verifyAudit(db)).toMatchObject({ entries: 2, problem: null });
  });

  it('is read page by page', async () => {
    await db.transaction(async (em) => {
      for (let count = 0; count < 1_001; count += 1) await appendAudit(em, SIGN_IN);
    });
    expect(await verifyAudit(db)).toMatchObject({ entries: 1_001, problem: null });
  });
});
