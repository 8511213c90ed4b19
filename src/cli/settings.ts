import { existsSync } from 'node:fs';
import { type Config, loadConfig } from '../config.ts';

/** The settings of this process. Throws CONFIG_INVALID where one is wrong. */
export function settings(): Config {
  return loadConfig(environment());
}

/** The environment, and what it leaves out from a file .env of the folder we run in. */
export function environment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
