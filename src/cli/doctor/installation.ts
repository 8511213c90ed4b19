import { existsSync } from 'node:fs';
import { withTimeout } from '../../concurrency/timeout.ts';
import type { Config } from '../../config.ts';
import { type Database, openDatabase } from '../../db/database.ts';
import { lastRedisUrl, runningPostgresUrl } from '../../embedded/running-servers.ts';
import { AppError } from '../../errors.ts';
import type { DiagnosedSettings } from './diagnosed-settings.ts';

/** What the checks look at. Nothing is started, migrated or written but a trial file. */
export interface Installation {
  readonly config: Config;
  readonly problems: readonly string[];
  /** Names of settings that were left out because they are wrong. */
  readonly wrong: ReadonlySet<string>;
  readonly answerMs: number;
  /** Null where it does not run or is set wrongly. */
  readonly databaseUrl: string | null;
  readonly redisUrl: string | null;
  /** Rejects where it cannot be reached; one attempt for all checks. */
  readonly db: () => Promise<Database>;
  /** Rejects with DATABASE_ERROR where tables are missing. */
  readonly migrated: () => Promise<Database>;
  close(): Promise<void>;
}

const ANSWER_MS = 4_000;
const CLOSE_MS = 1_000;
const POOL_MAX = 4;
const STATEMENT_SECONDS = 6;

/** Opens nothing yet. A part that does not answer in the time, 4 s by default, counts as unreachable. */
export function diagnosedInstallation(
  { config, problems, wrong }: DiagnosedSettings,
  answerMs = ANSWER_MS,
): Installation {
  const databaseUrl = wrong.has('DATABASE_URL') ? null : (config.databaseUrl ?? runningPostgresUrl(config.dataDir));
  const redisUrl = wrong.has('REDIS_URL') ? null : (config.redisUrl ?? lastRedisUrl(config.dataDir));
  let opened: Promise<Database> | undefined;
  let checked: Promise<Database> | undefined;
  const db = () => {
    opened ??= databaseUrl === null ? noDatabase(config, wrong) : open(databaseUrl, answerMs);
    return opened;
  };
  return {
    config,
    problems,
    wrong,
    answerMs,
    databaseUrl,
    redisUrl,
    db,
    migrated: () => {
      checked ??= db().then(whereMigrated);
      return checked;
    },
    close: async () => {
      const closing = opened?.then((database) => database.close()) ?? Promise.resolve();
      const late = { milliseconds: CLOSE_MS, code: 'DATABASE_ERROR', message: 'It does not close.' } as const;
      await withTimeout(late, closing).catch(() => undefined);
    },
  };
}

/** Connecting alone may take half a minute. */
async function open(url: string, milliseconds: number): Promise<Database> {
  const message = `PostgreSQL does not answer in ${milliseconds / 1_000} s.`;
  const late = { milliseconds, code: 'DATABASE_CONNECTION_FAILED', message } as const;
  return await withTimeout(late, openDatabase({ url, poolMax: POOL_MAX, statementSeconds: STATEMENT_SECONDS }));
}

async function whereMigrated(db: Database): Promise<Database> {
  if (await db.isMigrated()) return db;
  throw new AppError('DATABASE_ERROR', 'The database is not migrated.');
}

async function noDatabase({ dataDir }: Config, wrong: ReadonlySet<string>): Promise<Database> {
  const isNew = !existsSync(dataDir);
  const message = wrong.has('DATABASE_URL')
    ? 'DATABASE_URL is wrong.'
    : isNew
      ? `There is no installation in ${dataDir} yet, and DATABASE_URL is not set.`
      : `No PostgreSQL runs for ${dataDir}, and DATABASE_URL is not set.`;
  throw new AppError('DATABASE_CONNECTION_FAILED', message);
}
