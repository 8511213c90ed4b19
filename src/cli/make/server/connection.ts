import { loadConfig } from '../../../config.ts';
import { AppError } from '../../../errors.ts';
import type { MakeOptions } from '../make-options.ts';
import type { Invocation } from '../report.ts';
import { Api } from './api.ts';
import { signInToDemo } from './demo-account.ts';
import { startLocalServer } from './local-server.ts';
import { Session } from './session.ts';

/** The server that makes the video, and the session. */
export interface Connection {
  readonly session: Session;
  readonly invocation: Invocation;
  /** Null for a server that this program did not start. */
  readonly logFile: string | null;
}

export interface ConnectionOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Signs in to the given server, or to one that is started here and closed with `resources`. */
export async function openConnection(
  options: MakeOptions,
  { env, signal }: ConnectionOptions,
  resources: AsyncDisposableStack,
): Promise<Connection> {
  const isDemo = options.demo === true;
  if (options.url !== undefined) {
    const api = new Api(options.url, signal);
    return { session: await signIn(api, options, env), invocation: { isDemo, url: api.url }, logFile: null };
  }
  const localServer = await startLocalServer(loadConfig(env));
  resources.defer(() => localServer.close());
  signal.throwIfAborted();
  const session = await signInToDemo(new Api(localServer.url, signal), localServer.dataDir);
  return { session, invocation: { isDemo, url: null }, logFile: localServer.logFile };
}

async function signIn(api: Api, { token, user }: MakeOptions, env: ConnectionOptions['env']): Promise<Session> {
  // Never an option: every user of the machine can read command lines.
  const password = env['AUTOVIDEO_PASSWORD'];
  if (user !== undefined && password !== undefined)
    return await Session.open(api, { kind: 'password', identifier: user, password });
  if (user !== undefined)
    throw new AppError('INVALID_INPUT', 'Put the password of --user into the environment variable AUTOVIDEO_PASSWORD.');
  const givenToken = token ?? env['AUTOVIDEO_TOKEN'];
  if (givenToken !== undefined) return await Session.open(api, { kind: 'token', token: givenToken });
  const message =
    'The server requires a sign-in: give --token (or AUTOVIDEO_TOKEN), or --user with AUTOVIDEO_PASSWORD.';
  throw new AppError('INVALID_INPUT', message);
}
