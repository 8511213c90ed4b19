// The settings that spare a part of the set-up: another PostgreSQL or Redis, named in the environment or in .env.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as util from 'node:util';

/** The environment over the `.env` of the project, as the program itself reads them. Node before 20.12 cannot parse it. */
export function readEnvironment(root, env = process.env) {
  try {
    return { ...util.parseEnv?.(readFileSync(join(root, '.env'), 'utf8')), ...env };
  } catch {
    return { ...env }; // no .env is the usual case
  }
}
