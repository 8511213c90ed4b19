import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Config, loadConfig } from '../config.ts';
import { blankAsMissing, dataDirSetting } from '../setting-values.ts';

/** The settings of this process. Throws CONFIG_INVALID if one is invalid. */
export function settings(): Config {
  return loadConfig(environment());
}

/** The environment, with missing variables from the file .env of the working directory. */
export function environment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** DATA_DIR alone, absolute, for commands that work while other settings are wrong. */
export function dataDir(): string {
  return resolve(blankAsMissing(dataDirSetting).parse(environment()['DATA_DIR']));
}
