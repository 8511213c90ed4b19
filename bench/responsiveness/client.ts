import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { freePort } from '../../src/embedded/free-port.ts';

const READY_MS = 60_000;
/** As the script "start" of package.json sets them. */
const NODE_OPTIONS = ['--max-semi-space-size=4'];
const VARIABLES = { MALLOC_ARENA_MAX: '2' };
const PASSWORD = 'a quiet bench in a park';

export interface Program {
  readonly pid: number;
  readonly url: string;
  /** Resolves when the process has ended. */
  close(): Promise<void>;
}

/** `autovideo start` with a separate data folder, ready when this resolves. */
export async function startProgram(
  entry: string,
  dataDir: string,
  settings: Readonly<Record<string, string>>,
): Promise<Program> {
  const port = await freePort();
  const own = { DATA_DIR: dataDir, PORT: String(port), ADMIN_PASSWORD: PASSWORD, LOG_LEVEL: 'warn' };
  // One account sends all requests of a measurement, far more than a user would.
  const unlimited = { GRAPHQL_COST_LIMIT: '0', QUOTA_FREE_VIDEO_DAILY: '100000', QUOTA_FREE_VIDEO_MONTHLY: '100000' };
  const env = {
    ...VARIABLES,
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    ...own,
    ...unlimited,
    ...settings,
  };
  const child = spawn(process.execPath, [...NODE_OPTIONS, entry, 'start'], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const url = `http://127.0.0.1:${port}`;
  const close = async () => {
    if (hasEnded()) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  for (const until = Date.now() + READY_MS; !(await isReady(url)); await sleep(50)) {
    if (Date.now() < until && !hasEnded()) continue;
    await close();
    throw new Error(`${entry} does not start.`);
  }
  return { pid: child.pid ?? 0, url, close };
}

async function isReady(url: string): Promise<boolean> {
  return await fetch(`${url}/readyz`).then(
    ({ ok }) => ok,
    () => false, // no server listens there yet
  );
}

const loginAnswer = z.object({ login: z.object({ tokens: z.object({ accessToken: z.string() }) }) });
const listAnswer = z.object({
  videos: z.object({
    nodes: z.array(
      z.object({
        title: z.string(),
        status: z.string(),
        progress: z.number(),
        error: z.object({ message: z.string() }).nullable(),
      }),
    ),
  }),
});
const createAnswer = z.object({
  createVideo: z.object({ video: z.object({ id: z.string() }).nullable(), userErrors: z.array(z.unknown()) }),
});

/** Of the 15 minutes for which an access token is valid. */
const RENEWED_AFTER_MS = 600_000;

/** A client signed in as the administrator, for as long as it is used. */
export interface Client {
  accessToken(): Promise<string>;
  /** The data of an operation; throws where it has errors. */
  ask(query: string, variables?: object): Promise<unknown>;
  list(): Promise<z.infer<typeof listAnswer>['videos']['nodes']>;
  create(title: string, script: string): Promise<void>;
}

export async function openClient(url: string): Promise<Client> {
  const credentials = { identifier: 'admin', password: PASSWORD };
  const login = 'mutation($input: LoginInput!) { login(input: $input) { tokens { accessToken } } }';
  const signIn = async (): Promise<string> =>
    loginAnswer.parse(await ask(url, '', login, { input: credentials })).login.tokens.accessToken;
  let [token, renewedAt] = [signIn(), performance.now()];
  const accessToken = async (): Promise<string> => {
    if (performance.now() - renewedAt > RENEWED_AFTER_MS) [token, renewedAt] = [signIn(), performance.now()];
    return await token;
  };
  const list =
    '{ videos(first: 20) { nodes { title status progress createdAt owner { username } error { message } } } }';
  const create =
    'mutation($input: CreateVideoInput!) { createVideo(input: $input) { video { id } userErrors { message } } }';
  return {
    accessToken,
    ask: async (query, variables) => ask(url, await accessToken(), query, variables),
    list: async () => listAnswer.parse(await ask(url, await accessToken(), list)).videos.nodes,
    create: async (title, script) => {
      const input = { title, script, resolution: 'HD_720', music: { mood: 'calm', volume: 0.2 } };
      const { createVideo } = createAnswer.parse(await ask(url, await accessToken(), create, { input }));
      if (!createVideo.video) throw new Error(`createVideo refuses: ${JSON.stringify(createVideo.userErrors)}`);
    },
  };
}

async function ask(url: string, token: string, query: string, variables: object = {}): Promise<unknown> {
  const headers = { 'content-type': 'application/json', ...(token === '' ? {} : { authorization: `Bearer ${token}` }) };
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ query, variables }),
  });
  const answer = z
    .object({ data: z.unknown().optional(), errors: z.array(z.unknown()).optional() })
    .parse(await response.json());
  if (answer.errors) throw new Error(`The server refuses: ${JSON.stringify(answer.errors)}`);
  return answer.data;
}
