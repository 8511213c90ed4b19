/**
 * A worker as operators run it, but with the stand-in for providers: `node process.ts worker`. `node process.ts users NAME…`
 * makes accounts. Both take their settings from the environment, like the program itself.
 */
import { once } from 'node:events';
import { dieAt } from './death.ts';
import { makersAt } from './makers.ts';

/** The built program: its decorators are more than Node strips. */
async function built<Module>(path: string): Promise<Module> {
  return await import(new URL(`../../dist/${path}`, import.meta.url).href);
}

const { settings } = await built<typeof import('../../src/cli/settings.ts')>('cli/settings.js');
const app = await built<typeof import('../../src/app.ts')>('app.js');
const { CHAOS_PROVIDER = '', CHAOS_DIE = '', CHAOS_PASSWORD = '' } = process.env;

async function work(): Promise<void> {
  const { FencedDesk } = await built<typeof import('../../src/jobs/fenced-desk.ts')>('jobs/fenced-desk.js');
  const { FencedLedger } = await built<typeof import('../../src/jobs/fenced-ledger.ts')>('jobs/fenced-ledger.js');
  const { AppError } = await built<typeof import('../../src/errors.ts')>('errors.js');
  const { createLogger } = await built<typeof import('../../src/monitoring/logger.ts')>('monitoring/logger.js');
  const { listenForStop } = await built<typeof import('../../src/cli/stop-signal.ts')>('cli/stop-signal.js');
  if (CHAOS_DIE !== '') dieAt(CHAOS_DIE, { FencedDesk, FencedLedger });
  const config = settings();
  const stop = listenForStop();
  const makers = makersAt(CHAOS_PROVIDER, AppError);
  const worker = await app.startApp(config, createLogger({ level: config.logLevel }), {
    api: false,
    worker: true,
    makers,
  });
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  await worker.close();
  stop.close();
}

async function makeUsers(names: readonly string[]): Promise<void> {
  const { accounts, close } = await app.openAccounts(settings());
  for (const username of names)
    await accounts.createUser({
      username,
      email: `${username}@example.org`,
      password: CHAOS_PASSWORD,
      role: 'CREATOR',
    });
  await close();
}

const [command, ...names] = process.argv.slice(2);
await (command === 'users' ? makeUsers(names) : work());
