import { existsSync } from 'node:fs';
import { type Config, loadConfig } from '../config.ts';

/** The settings of this process. Throws CONFIG_INVALID if one is invalid. */
export function settings(): Config {
  return loadConfig(environment());
}

/** The environment, with missing variables from the file .env of the working directory. */
export function environment(): Readonly<Record<string, string | undefined>> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}
