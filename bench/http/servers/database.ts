import { TokenSigner } from '../../../src/auth/tokens.ts';
import { type Database, openDatabase } from '../../../src/db/database.ts';
import { BENCH_SECRET } from '../../shared/production.ts';

/**
 * Connections of every side: more than a PostgreSQL with one core can use, and few enough for the connections of all
 * sides, which stay open between the rounds.
 */
export const POOL = 16;

/** Prepared once on each connection. */
export interface Prepared {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

export interface PoolClient {
  query<Row extends object>(query: Prepared | string): Promise<{ readonly rows: Row[] }>;
  release(broken: boolean): void;
}

/** The part of a `pg` pool that the benches use; the ORM returns it untyped. */
export interface Pool extends Pick<PoolClient, 'query'> {
  connect(): Promise<PoolClient>;
}

export async function openPool(url: string): Promise<{ readonly db: Database; readonly pool: Pool }> {
  const db = await openDatabase({ url, poolMax: POOL });
  const pool: unknown = await db.orm.em.getConnection().getNativeClient();
  if (!isPool(pool)) throw new Error('The driver has no pool.');
  return { db, pool };
}

function isPool(value: unknown): value is Pool {
  return typeof value === 'object' && value !== null && 'query' in value && 'connect' in value;
}

export interface Account {
  /** UUID. */
  readonly userId: string;
  readonly roles: readonly string[];
}

/** Resolves an authorization header to its account; throws if there is none. */
export type SignIn = (authorization: string | undefined) => Promise<Account>;

/** By the token only. */
export function signInByToken(): SignIn {
  const signer = new TokenSigner(BENCH_SECRET);
  return async (authorization) => ({ userId: signer.verifyAccess(bearerOf(authorization)).userId, roles: ['ADMIN'] });
}

/** The query of src/services/accounts/session-owners.ts, for one session. */
const SESSION = `
  select u.id as "userId", array(
    select r.role::text from user_roles r where r.user_id = u.id and (r.expires_at is null or r.expires_at > now())
  ) as roles
  from sessions s join users u on u.id = s.user_id
  where s.id = $1 and s.revoked_at is null and s.expires_at > now() and u.is_active`;

/** By the token, and by a query for its session. */
export function signInBySession(pool: Pick<Pool, 'query'>): SignIn {
  const signer = new TokenSigner(BENCH_SECRET);
  return async (authorization) => {
    const { userId, sessionId } = signer.verifyAccess(bearerOf(authorization));
    const { rows } = await pool.query<Account>({ name: 'session', text: SESSION, values: [sessionId] });
    const [account] = rows;
    if (account?.userId !== userId) throw new Error('The session has ended.');
    return account;
  };
}

function bearerOf(authorization = ''): string {
  return authorization.slice('Bearer '.length);
}
