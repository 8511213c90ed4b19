import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { TokenSigner } from '../../src/auth/tokens.ts';
import { encodeId } from '../../src/ids.ts';
import { BENCH_SECRET, compiled, SERVER_CORE } from '../shared/production.ts';
import { eventOf, OWNER, shownOf, VIDEO } from './event.ts';
import type { Target } from './subscribers.ts';

/** Our server, with the given options of Node. */
export async function openOurs(flags: readonly string[], resources: AsyncDisposableStack): Promise<Target> {
  return await openInMemory('Auto Video', {
    args: [...flags, compiled('fan-out/ours.js')],
    sendsCurrentState: true,
    resources,
  });
}

/** Starts a server with its events in memory, on a separate core. */
export async function openInMemory(
  name: string,
  {
    args,
    sendsCurrentState,
    resources,
  }: { args: readonly string[]; sendsCurrentState: boolean; resources: AsyncDisposableStack },
): Promise<Target> {
  const child = spawn('taskset', ['-c', SERVER_CORE, process.execPath, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  resources.defer(() => end(child));
  const [{ url }] = await once(child, 'message');
  const signer = new TokenSigner(BENCH_SECRET);
  const me = { userId: OWNER, sessionId: OWNER, username: 'me', roles: ['CREATOR'] } as const;
  return {
    name,
    port: Number(new URL(url).port),
    pid: child.pid ?? -1,
    sendsCurrentState,
    numbers: new Int32Array(1),
    videoIdOf: () => encodeId('video', VIDEO),
    tokenOf: () => signer.access(me),
    prepare: async () => undefined,
    publish: (_video, number) => void child.send(number),
    expected: (_video, number) => shownOf(eventOf(number)),
    subscribed: async () => {
      child.send('subscribed');
      const [{ subscribed }] = await once(child, 'message');
      return subscribed;
    },
  };
}

/** Writes its profile first, if one was requested. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.disconnect();
  await once(child, 'exit');
}
