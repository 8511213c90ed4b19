import { existsSync } from 'node:fs';
import { type Config, loadConfig } from '../config.ts';

/** The settings of this process: the environment, and what it leaves out from a file .env of the folder we run in. */
export function settings(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return loadConfig(process.env);
}
