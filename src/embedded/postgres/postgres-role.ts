import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { AppError } from '../../errors.ts';
import { uniqueName } from '../process-identity.ts';
import { DATABASE } from './postgres-cluster.ts';

/** The role of the program. The role that created the cluster is a superuser and is used only to set up this one. */
export const ROLE = 'autovideo_app';
const CONNECT_MS = 30_000;
const DUPLICATE_OBJECT = '42710';

/**
 * Statistics of all sessions, ending a session of this role, and maintenance of all tables: the operations available to
 * operators.
 */
const MEMBERSHIPS = 'pg_read_all_stats, pg_signal_backend, pg_maintain';

/**
 * Transfers the objects of clusters of earlier versions to the role: there the superuser created everything. Objects of
 * an extension keep their owner, and an index, a sequence of a column or a row type follows its table.
 */
const TAKE_OVER = `do $$
declare statement text;
begin
  for statement in
    select format('alter table %s owner to ${ROLE}', c.oid::regclass) from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
      and c.relowner = current_user::regrole
      and not exists (select from pg_depend d
        where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype in ('e', 'a', 'i'))
    union all
    select format('alter routine %s owner to ${ROLE}', p.oid::regprocedure) from pg_proc p
    where p.pronamespace = 'public'::regnamespace and p.proowner = current_user::regrole
      and not exists (select from pg_depend d
        where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    union all
    select format('alter type %s owner to ${ROLE}', t.oid::regtype) from pg_type t
    where t.typnamespace = 'public'::regnamespace and t.typtype in ('e', 'd') and t.typowner = current_user::regrole
      and not exists (select from pg_depend d
        where d.classid = 'pg_type'::regclass and d.objid = t.oid and d.deptype = 'e')
  loop
    execute statement;
  end loop;
end $$`;

/**
 * Creates the role with its database once for each cluster, also for a cluster of an earlier version, and returns the
 * role's password, which only the owner of `home` can read. Call it under the start lock. Throws
 * DATABASE_CONNECTION_FAILED.
 */
export async function ensureRole(home: string, superuserUrl: string): Promise<string> {
  const file = join(home, 'role-password');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  try {
    await setUpRole(superuserUrl, password);
  } catch (cause) {
    const sentence =
      'The role of the embedded PostgreSQL could not be set up; see the end of its postgres.log. To use another server, set DATABASE_URL.';
    throw new AppError('DATABASE_CONNECTION_FAILED', sentence, { cause });
  }
  writeDurably(file, password);
  return password;
}

async function setUpRole(superuserUrl: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl, connectionTimeoutMillis: CONNECT_MS });
  // A connection that breaks between queries; the next query fails and reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    await createRole(client);
    await client.query('begin');
    await client.query(`alter role ${ROLE} login nosuperuser nocreaterole createdb password '${password}'`);
    await client.query(`grant ${MEMBERSHIPS} to ${ROLE}`);
    await client.query(`alter database ${DATABASE} owner to ${ROLE}`);
    await client.query('create extension if not exists pg_stat_statements');
    await client.query(TAKE_OVER);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** An interrupted set-up may have created it already: there is no "create role if not exists". */
async function createRole(client: pg.Client): Promise<void> {
  try {
    await client.query(`create role ${ROLE}`);
  } catch (thrown) {
    if (!(thrown instanceof pg.DatabaseError && thrown.code === DUPLICATE_OBJECT)) throw thrown;
  }
}

/** The file is written atomically: an empty one would lock the program out of its own database. */
function writeDurably(file: string, text: string): void {
  const draft = `${file}.${uniqueName()}`;
  try {
    writeFileSync(draft, text, { mode: 0o600, flush: true });
    renameSync(draft, file);
  } finally {
    rmSync(draft, { force: true });
  }
}
