/**
 * A worker as operators run it, with the fake providers at CHAOS_PROVIDER, or without that setting its own: `node process.js worker`. `node process.js users NAME…`
 * creates accounts. Both read their settings from the environment, like the app.
 */
import { once } from 'node:events';
import { startApp } from '../../src/app.ts';
import { settings } from '../../src/cli/settings.ts';
import { listenForStop } from '../../src/cli/stop-signal.ts';
import { openAccounts } from '../../src/command-services.ts';
import { createLogger } from '../../src/monitoring/logger.ts';
import { crashAt } from './crash-points.ts';
import { fakeProvidersAt } from './fake-providers.ts';

const { CHAOS_PROVIDER = '', CHAOS_DIE = '', CHAOS_PASSWORD = '' } = process.env;

async function work(): Promise<void> {
  if (CHAOS_DIE !== '') crashAt(CHAOS_DIE);
  const config = settings();
  const stop = listenForStop();
  const worker = await startApp(config, createLogger({ level: config.logLevel }), {
    api: false,
    worker: true,
    ...(CHAOS_PROVIDER === '' ? {} : { contentProviders: fakeProvidersAt(CHAOS_PROVIDER) }),
  });
  if (!stop.signal.aborted) await once(stop.signal, 'abort');
  await worker.close();
  stop.close();
}

async function makeUsers(names: readonly string[]): Promise<void> {
  const { accounts, close } = await openAccounts(settings());
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
