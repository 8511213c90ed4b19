import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { AppError } from '../../errors.ts';
import { uniqueName } from '../process-identity.ts';
import { CREATE_ROLE, setUpStatements } from './postgres-role-sql.ts';

const CONNECT_MS = 30_000;
const DUPLICATE_OBJECT = '42710';

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
    for (const statement of setUpStatements(password)) await client.query(statement);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** An interrupted set-up may have created it already: there is no "create role if not exists". */
async function createRole(client: pg.Client): Promise<void> {
  try {
    await client.query(CREATE_ROLE);
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
