import { join } from 'node:path';
import type { Config } from '../config.ts';
import { restrictDataDir, restrictFolder } from '../folder-permissions.ts';
import { DailyLog } from '../monitoring/daily-log.ts';
import { createLogger, type Logger } from '../monitoring/logger.ts';
import { SentryLog } from '../monitoring/sentry-log.ts';

export interface ProcessLog {
  readonly logger: Logger;
  /** Waits for reports that are on their way. */
  close(): Promise<void>;
}

/** The log of a long-running process: to standard output, to the file of the day, and its errors to Sentry, where these are set. */
export function openProcessLog(config: Config, release: string): ProcessLog {
  const file = config.logFile ? logFileOf(config) : undefined;
  const sentry = config.sentryDsn === undefined ? undefined : sentryOf(config, config.sentryDsn, release);
  const logger = createLogger({
    level: config.logLevel,
    pretty: process.stdout.isTTY,
    others: [file, sentry].filter((destination) => destination !== undefined),
  });
  return { logger, close: async () => await sentry?.close() };
}

/** Processes of one machine share the file of the day. */
function logFileOf({ dataDir }: Config): DailyLog {
  const folder = join(dataDir, 'logs');
  // The start logs why one of them cannot be restricted.
  restrictDataDir(dataDir);
  restrictFolder(folder);
  const onFault = (thrown: unknown) => process.stderr.write(`The log file in ${folder} is not written: ${thrown}\n`);
  return new DailyLog({ folder, onFault });
}

function sentryOf({ env: environment }: Config, dsn: string, release: string): SentryLog {
  const onFault = (thrown: unknown) => process.stderr.write(`Errors are not reported to Sentry: ${thrown}\n`);
  return new SentryLog({ dsn, environment, release, onFault });
}
