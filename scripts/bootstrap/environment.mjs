// The settings that make a part of the set-up unnecessary: another PostgreSQL or Redis, set in the environment or in
// .env.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as util from 'node:util';

/**
 * The environment, then the `.env` of the project, in the order in which the program itself reads them. Node before
 * 20.12 cannot parse it.
 */
export function readEnvironment(root, env = process.env) {
  try {
    return { ...util.parseEnv?.(readFileSync(join(root, '.env'), 'utf8')), ...env };
  } catch {
    return { ...env }; // no .env is the usual case
  }
}
