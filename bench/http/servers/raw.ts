/**
 * A minimal server that gives the same answers, in a separate process: Node's HTTP server and handwritten statements,
 * no GraphQL. For bench/http/main.ts.
 *
 *   node bench/http/servers/raw.ts memory|rows|create|bare
 */
import { encodeId } from '../../../src/ids.ts';
import { CREATE, type GraphqlOperation, LIST, TRIVIAL } from '../workloads.ts';
import { type Account, openPool, type Pool, type SignIn, signInBySession, signInByToken } from './database.ts';
import { bodyOf, listen, ready, setting } from './process.ts';
import { creatingByHand } from './raw-create.ts';
import { rowsInMemory } from './rows.ts';

type Answer = (account: Account, variables: GraphqlOperation['variables']) => object | Promise<object>;

interface Raw {
  readonly signIn: SignIn;
  /** Keyed by the document. */
  readonly answers: ReadonlyMap<string, Answer>;
}

async function memory(): Promise<Raw> {
  const preparedRows = rowsInMemory().map(({ id, title, owner }) => ({ id, title, username: owner.username }));
  const read = async () => preparedRows;
  return {
    signIn: signInByToken(),
    answers: new Map<string, Answer>([
      [TRIVIAL, () => ({ data: { __typename: 'Query' } })],
      [LIST, async () => ({ data: { videos: { nodes: (await read()).map(nodeOf) } } })],
    ]),
  };
}

interface JoinedRow {
  readonly id: string;
  readonly title: string;
  readonly username: string;
}

/** One row more than requested: there are more if it comes. */
const JOIN = `
  select v.id, v.title, o.username from videos v join users o on o.id = v.owner_id
  where v.deleted_at is null order by v.created_at desc, v.id desc limit 21`;

async function rows(): Promise<Raw> {
  const { pool } = await openPool(setting('DATABASE_URL'));
  return { signIn: signInBySession(pool), answers: new Map([[LIST, (account) => list(pool, account)]]) };
}

async function list(pool: Pool, { roles }: Account): Promise<object> {
  if (!roles.includes('ADMIN')) throw new Error('Only an ADMIN sees the videos of all owners.');
  const { rows } = await pool.query<JoinedRow>({ name: 'list', text: JOIN, values: [] });
  return { data: { videos: { nodes: rows.slice(0, 20).map(nodeOf) } } };
}

function nodeOf({ id, title, username }: JoinedRow): object {
  return { id: encodeId('video', id), title, owner: { username } };
}

async function create(withQuota: boolean): Promise<Raw> {
  const { pool } = await openPool(setting('DATABASE_URL'));
  const creating = await creatingByHand(pool, withQuota);
  return {
    signIn: signInBySession(pool),
    answers: new Map([[CREATE, async ({ userId }, variables) => await creating(userId, variables?.['input'])]]),
  };
}

async function serve({ signIn, answers }: Raw): Promise<string> {
  return await listen(async (request, response) => {
    const account = await signIn(request.headers.authorization);
    const { query, variables }: GraphqlOperation = JSON.parse(await bodyOf(request));
    const text = `${JSON.stringify(await answers.get(query)?.(account, variables))}\n`;
    response.writeHead(200, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(text),
    });
    response.end(text);
  });
}

const kinds: Readonly<Record<string, () => Promise<Raw>>> = {
  memory,
  rows,
  create: () => create(true),
  bare: () => create(false),
};
const start = kinds[process.argv[2] ?? ''];
if (!start) throw new Error(`Name a kind: ${Object.keys(kinds).join(' or ')}.`);
ready(await serve(await start()));
