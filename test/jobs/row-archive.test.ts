import { execFile, spawn } from 'node:child_process';
import { randomUUIDv7 } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RowArchive } from '../../src/db/old-rows.ts';
import { RowFiles } from '../../src/jobs/tasks/row-files.ts';
import { until } from '../helpers/until.ts';
import { signal, useRetention } from './retention-setup.ts';

const SLOW = 180_000;
const run = promisify(execFile);
const setup = useRetention();
const { clear, ended, lastSeq, seqsOf } = setup;

let root: string;
let folder: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'row-archive-'));
  folder = join(root, 'archive');
  for (const table of ['idempotency_keys', 'sessions', 'jobs', 'alerts', 'service_quota_usage'])
    await setup.db.em().execute(`delete from ${table}`);
});
afterEach(() => rm(root, { recursive: true, force: true }));

const archiving = (archive: RowArchive = new RowFiles(folder)) => clear({}, signal, archive);

async function filesOf(table: string): Promise<string[]> {
  const names = await readdir(join(folder, table), { recursive: true }).catch(() => []);
  return names.filter((name) => name.endsWith('.ndjson.gz')).sort();
}

/** Every archived row of a table. */
async function archived(table: string): Promise<Record<string, unknown>[]> {
  const texts = (await filesOf(table)).map(async (name) =>
    gunzipSync(await readFile(join(folder, table, name))).toString(),
  );
  return (await Promise.all(texts)).flatMap((text) =>
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  );
}

async function oldKeys(count: number, hours = 48): Promise<void> {
  await sql`
    insert into idempotency_keys (user_id, operation, key, input_hash, created_at)
    select ${setup.ann.userId}, 'createVideo', 'k' || n || '-' || ${hours}::text, md5(n::text) || md5((-n)::text), now() - make_interval(secs => ${hours * 3_600})
    from generate_series(1, ${count}::int) as n`.execute(setup.db.sql());
}

async function keys(): Promise<string[]> {
  const rows = await setup.db.sql().selectFrom('idempotency_keys').select('key').execute();
  return rows.map(({ key }) => key).sort();
}

/** The rows of a table as PostgreSQL writes them in JSON. */
async function rowsOf(table: string): Promise<unknown[]> {
  const { rows } = await sql<{ row: unknown }>`
    select to_jsonb(${sql.table(table)}) as row from ${sql.table(table)}`.execute(setup.db.sql());
  return rows.map(({ row }) => row);
}

describe('Rows that retention deletes', () => {
  it('are archived whole, each once, and younger ones neither archived nor deleted', async () => {
    await oldKeys(1_200, 24.01);
    await oldKeys(3, 23.99);
    const before = await keys();
    expect(await archiving()).toMatchObject({ idempotency_keys: 1_200 });
    const stored = await archived('idempotency_keys');
    expect([...stored.map(({ key }) => String(key)), ...(await keys())].sort()).toEqual(before);
    expect(await keys()).toHaveLength(3);
    expect(stored[0]).toEqual({
      user_id: setup.ann.userId,
      operation: 'createVideo',
      key: expect.stringMatching(/^k\d+-24\.01$/),
      input_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      subject_id: null,
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    // A file for each batch.
    expect(await filesOf('idempotency_keys')).toHaveLength(2);
    expect(await archiving()).toMatchObject({ idempotency_keys: 0 });
    expect(await filesOf('idempotency_keys')).toHaveLength(2);
  });

  it('are archived of every table that has a time of its own', async () => {
    const db = setup.db.sql();
    await sql`
      insert into sessions (id, user_id, refresh_jti, expires_at)
      values (${randomUUIDv7()}, ${setup.ann.userId}, ${randomUUIDv7()}, now() - interval '31 days')`.execute(db);
    await sql`
      insert into service_quota_usage (service, recorded_at, used)
      values ('OPENAI', now() - interval '91 days', 12345678901234.5678)`.execute(db);
    await sql`
      insert into alerts (id, rule, service, priority, message, action_required, details, count, raised_at, last_seen_at, respond_by, resolved_at)
      values (${randomUUIDv7()}, 'r', 's', 'P2', E'two\nlines', '-', '{"a": 1}', 1, now() - interval '99 days', now(), now(),
        now() - interval '91 days')`.execute(db);
    await ended(31);
    const tables = ['sessions', 'service_quota_usage', 'alerts', 'jobs'];
    const before = await Promise.all(tables.map(rowsOf));
    await archiving();
    expect(await Promise.all(tables.map(archived))).toEqual(before);
    expect((await Promise.all(tables.map(rowsOf))).flat()).toEqual([]);
    // Exactly as stored: no JavaScript number has rounded it.
    const [name = ''] = await filesOf('service_quota_usage');
    const text = gunzipSync(await readFile(join(folder, 'service_quota_usage', name))).toString();
    expect(text).toContain('"used": 12345678901234.5678');
  });

  it('of the progress are archived without the last one of each video, and cursors know what is gone', async () => {
    const [one, two] = [await ended(8), await ended(8)];
    const before = [...(await seqsOf(one.id)), ...(await seqsOf(two.id))];
    expect(await archiving()).toMatchObject({ events: 8 });
    const left = [...(await seqsOf(one.id)), ...(await seqsOf(two.id))];
    expect(left).toEqual([one.last, two.last]);
    const stored = (await archived('video_events')).map(({ seq }) => Number(seq));
    expect([...stored, ...left].sort((a, b) => a - b)).toEqual(before);
    const { rows } = await sql<{ pruned: number }>`
      select pruned_through as pruned from event_cursors where owner_id = ${setup.ann.userId}`.execute(setup.db.sql());
    expect([Number(rows[0]?.pruned), await lastSeq(setup.ann)]).toEqual([two.last - 1, two.last]);
  });

  it('with secrets of accounts, and networks, are never archived, and go where the archive cannot be written', async () => {
    await sql`
      insert into registrations (id, username, password_hash, email_encrypted, email_index, expires_at)
      values (${randomUUIDv7()}, 'old', 'x', 'x', 'x', now() - interval '1 minute')`.execute(setup.db.sql());
    await oldKeys(2);
    await writeFile(folder, 'no folder');
    await expect(archiving()).rejects.toThrow();
    expect(await rowsOf('registrations')).toEqual([]);
    await rm(folder);
    await archiving();
    expect(await readdir(folder)).toContain('idempotency_keys');
    expect(await readdir(folder)).not.toContain('registrations');
  });

  it('are in files that only their owner may read', async () => {
    await oldKeys(1);
    await archiving();
    const [name = ''] = await filesOf('idempotency_keys');
    expect(name).toMatch(/^(\d{4})\/\1-\d\d-\d\d-[0-9a-f-]{36}\.ndjson\.gz$/);
    const modes = [await stat(folder), await stat(join(folder, 'idempotency_keys', name))].map(({ mode }) => mode);
    expect(modes.map((mode) => (mode & 0o777).toString(8))).toEqual(['700', '600']);
  });
});

describe('Where rows cannot be archived', () => {
  it('they stay, and the error says which, where and why', async () => {
    await oldKeys(3);
    await writeFile(folder, 'no folder');
    await expect(archiving()).rejects.toMatchObject({
      code: 'STORAGE_ERROR',
      message: expect.stringMatching(
        /^Old rows of "idempotency_keys" stay, .* in \/tmp\/row-archive-.*\/archive: .*ENOTDIR/,
      ),
    });
    expect(await keys()).toHaveLength(3);
  });

  it('because the disk is full, they stay, and the error says so', async (test) => {
    await mkdir(folder);
    const mounting = run('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', folder]);
    if (!(await mounting.then(() => true).catch(() => false))) return test.skip('no right to mount a small disk');
    try {
      await oldKeys(1_000);
      await expect(archiving()).rejects.toMatchObject({
        code: 'DISK_SPACE_INSUFFICIENT',
        message: expect.stringMatching(/^Old rows of "idempotency_keys" stay, .*The disk .* is full\..*ENOSPC/),
      });
      expect(await keys()).toHaveLength(1_000);
      expect(await filesOf('idempotency_keys')).toEqual([]);
    } finally {
      await run('umount', [folder]);
    }
  });

  it('in the middle, those that were archived are deleted and the others stay', async () => {
    await oldKeys(1_200);
    const files = new RowFiles(folder);
    let batches = 0;
    const write: RowArchive['write'] = async (table, rows) => {
      batches++;
      if (batches === 2) throw new Error('the disk is full');
      await files.write(table, rows);
    };
    await expect(archiving({ write })).rejects.toThrow('the disk is full');
    const [stored, left] = [await archived('idempotency_keys'), await keys()];
    expect([stored.length, left.length]).toEqual([1_000, 200]);
    expect(new Set([...stored.map(({ key }) => key), ...left]).size).toBe(1_200);
  });

  it('because the connection was lost before the commit, they are archived once more by the next run', async () => {
    await oldKeys(5);
    const files = new RowFiles(folder);
    const write: RowArchive['write'] = async (table, rows) => {
      await files.write(table, rows);
      await sql`
        select pg_terminate_backend(pid) from pg_stat_activity
        where datname = current_database() and state = 'idle in transaction'`.execute(setup.db.sql());
    };
    await expect(archiving({ write })).rejects.toThrow();
    expect(await keys()).toHaveLength(5);
    expect(await archiving()).toMatchObject({ idempotency_keys: 5 });
  });
});

it(
  'A process that is killed between the archive and the deletion loses no row',
  async () => {
    await oldKeys(1_200);
    const before = await keys();
    const file = fileURLToPath(new URL('retention-alone.ts', import.meta.url));
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', file, setup.db.url, folder]);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
    await until('the rows are archived', () => output.includes('written 1000'), 120);
    child.kill('SIGKILL');
    await until('its transaction is over', async () => {
      const { rows } = await sql`
      select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`.execute(
        setup.db.sql(),
      );
      return rows.length === 0;
    });
    expect(await keys()).toEqual(before);
    expect(await archiving()).toMatchObject({ idempotency_keys: 1_200 });
    const stored = (await archived('idempotency_keys')).map(({ key }) => String(key));
    // A thousand are there twice.
    expect(stored).toHaveLength(2_200);
    expect([...new Set(stored)].sort()).toEqual(before);
  },
  SLOW,
);
