import { type Pool, type SignIn, signInBySession, signInByToken } from './database.ts';
import { type Owner, rowsInMemory } from './rows.ts';

export interface VideoRow {
  /** UUID. */
  readonly id: string;
  readonly title: string;
  /** UUID. */
  readonly ownerId: string;
}

/** The data access of all peers' resolvers. */
export interface Backend {
  readonly signIn: SignIn;
  newest(first: number): Promise<readonly VideoRow[]>;
  /** In the order of the ids. */
  owners(ids: readonly string[]): Promise<readonly (Owner | undefined)[]>;
}

export function backendInMemory(): Backend {
  const rows = rowsInMemory();
  const videos = rows.map(({ id, title, owner }) => ({ id, title, ownerId: owner.id }));
  const owners = new Map(rows.map(({ owner }) => [owner.id, owner]));
  return {
    signIn: signInByToken(),
    newest: async () => videos,
    owners: async (ids) => ids.map((id) => owners.get(id)),
  };
}

const NEWEST = `
  select id, title, owner_id as "ownerId" from videos where deleted_at is null
  order by created_at desc, id desc limit $1`;
const OWNERS = 'select id, username from users where id = any($1::uuid[])';

/** With prepared statements, without an ORM: faster than usual. */
export function backendOnPostgres(pool: Pool): Backend {
  return {
    signIn: signInBySession(pool),
    newest: async (first) => (await pool.query<VideoRow>({ name: 'newest', text: NEWEST, values: [first] })).rows,
    owners: async (ids) => await ownersIn(pool, ids),
  };
}

async function ownersIn(pool: Pool, ids: readonly string[]): Promise<readonly (Owner | undefined)[]> {
  const { rows } = await pool.query<Owner>({ name: 'owners', text: OWNERS, values: [ids] });
  const byId = new Map(rows.map((owner) => [owner.id, owner]));
  return ids.map((id) => byId.get(id));
}
