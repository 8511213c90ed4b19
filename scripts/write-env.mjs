#!/usr/bin/env node
// `npm run env`: writes .env from .env.example with fresh secrets, once. Plain Node 20 and no packages: it also runs
// where nothing is installed yet. A file that exists is never changed.
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';

const folder = process.cwd();
const path = join(folder, '.env');
const example = join(dirname(dirname(fileURLToPath(import.meta.url))), '.env.example');

/**
 * An installation that runs here already has secrets in DATA_DIR. Its e-mail addresses are encrypted with that key, so
 * other values in .env, which win, would lock it out of its own data.
 */
function secretsInUse() {
  const file = join(resolve(folder, env.DATA_DIR || '.autovideo'), 'secrets.json');
  if (!existsSync(file)) return {};
  const { jwtSecret, linkSecret, encryptionKey } = JSON.parse(readFileSync(file, 'utf8'));
  return { JWT_SECRET: jwtSecret, LINK_SECRET: linkSecret, ENCRYPTION_KEYS: `local:${encryptionKey}` };
}

function secrets() {
  return {
    JWT_SECRET: randomBytes(32).toString('base64'),
    LINK_SECRET: randomBytes(32).toString('base64'),
    ENCRYPTION_KEYS: `local:${randomBytes(32).toString('base64')}`,
    ADMIN_PASSWORD: randomBytes(15).toString('base64url'),
    OPS_TOKEN: randomBytes(32).toString('hex'),
    GRAFANA_PASSWORD: randomBytes(15).toString('base64url'),
    // Parts of URLs, so letters and digits only.
    POSTGRES_PASSWORD: randomBytes(24).toString('hex'),
    REDIS_PASSWORD: randomBytes(24).toString('hex'),
    ...secretsInUse(),
  };
}

/** The example with its empty lines `#NAME=` filled in. */
function filled(text, values) {
  const lines = text.split('\n').map((line) => {
    const name = /^#([A-Z_]+)=$/.exec(line)?.[1];
    return name && name in values ? `${name}=${values[name]}` : line;
  });
  const missing = Object.keys(values).filter((name) => !lines.some((line) => line.startsWith(`${name}=`)));
  if (missing.length > 0) throw new Error(`.env.example has no empty line for ${missing.join(', ')}.`);
  return lines.join('\n');
}

/** Names of the secrets that a file leaves out or leaves empty. */
function missingIn(text) {
  const lines = text.split('\n').map((line) => line.trimEnd());
  return Object.keys(secrets()).filter((name) => {
    return !lines.some((line) => line.startsWith(`${name}=`) && line.length > name.length + 1);
  });
}

try {
  writeFileSync(path, filled(readFileSync(example, 'utf8'), secrets()), { flag: 'wx', mode: 0o600 });
  console.log(
    'Wrote .env with fresh secrets. The first administrator is "admin"; ADMIN_PASSWORD in it is the password.',
  );
} catch (thrown) {
  if (thrown.code !== 'EEXIST') throw thrown;
  const missing = missingIn(readFileSync(path, 'utf8'));
  const advice = missing.length > 0 ? ` It does not set ${missing.join(', ')}.` : '';
  console.log(`.env exists and was not changed.${advice}`);
}
