import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { startApp } from '../../../app.ts';
import { checkContentProviders } from '../../../composition/content-providers.ts';
import type { Config } from '../../../config.ts';
import { AppError } from '../../../errors.ts';
import { restrictDataDir } from '../../../folder-permissions.ts';
import { createLogger } from '../../../monitoring/logger.ts';

/** A server and a worker in this process, for one video. */
export interface LocalServer {
  readonly url: string;
  readonly dataDir: string;
  /** Log of the server, which the progress bars hide. */
  readonly logFile: string;
  close(): Promise<void>;
}

/** Starts both on a free loopback port. The results stay in DATA_DIR, where `start` can continue. */
export async function startLocalServer(config: Config): Promise<LocalServer> {
  await checkContentProviders(config);
  restrictDataDir(config.dataDir);
  const logFile = join(config.dataDir, 'make.log');
  const log = createWriteStream(logFile, { flags: 'a', mode: 0o600 });
  const closeLog = async () => {
    log.end();
    await finished(log);
  };
  try {
    const overrides = { host: '127.0.0.1', port: 0, publicUrl: undefined, stopDelaySeconds: 0 } as const;
    const localConfig = { ...config, ...overrides, defaultRole: 'CREATOR' } as const;
    const logger = createLogger({ level: config.logLevel, destination: log });
    const app = await startApp(localConfig, logger, { api: true, worker: true, firstAdmin: false });
    if (!app.server) throw new AppError('INTERNAL_ERROR', 'The server did not start.');
    const close = async () => {
      await app.close();
      await closeLog();
    };
    return { url: app.server.url, dataDir: config.dataDir, logFile, close };
  } catch (thrown) {
    await closeLog();
    throw thrown;
  }
}
