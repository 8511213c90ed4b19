import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { RegisterDocument } from '../../generated/documents.ts';
import { isErrorCode } from '../error-code.ts';
import type { Api } from './api.ts';
import { isUnauthenticated, Session } from './session.ts';

const accountSchema = z.object({ username: z.string(), email: z.string(), password: z.string() });
type Account = z.infer<typeof accountSchema>;

/**
 * Signs in to the account of this machine's demo, which is made at its first use and again when the database was wiped.
 * Its random password lies in DATA_DIR, readable by us alone.
 */
export async function signInToDemo(api: Api, dataDir: string): Promise<Session> {
  const path = join(dataDir, 'demo-account.json');
  const account = await accountIn(path);
  const identity = { kind: 'password', identifier: account.username, password: account.password } as const;
  try {
    return await Session.open(api, identity);
  } catch (thrown) {
    if (!isUnauthenticated(thrown)) throw thrown;
    const { register } = await api.ask(RegisterDocument, { input: account });
    if (register?.tokens) return Session.of(api, identity, register.tokens);
    // Somebody who started at the same moment has registered it just now; otherwise its password was changed.
    if (register?.userErrors.some(({ code }) => code === 'TAKEN')) return await Session.open(api, identity);
    const reasons = register?.userErrors.map(({ message }) => message).join(' ');
    throw new AppError('API_REFUSED', `The demo's account could not be made: ${reasons ?? 'no reason was given.'}`);
  }
}

async function accountIn(path: string): Promise<Account> {
  const name = `demo-${randomBytes(4).toString('hex')}`;
  const fresh = {
    username: name,
    email: `${name}@localhost.localdomain`,
    password: randomBytes(24).toString('base64url'),
  };
  try {
    await writeFile(path, JSON.stringify(fresh), { mode: 0o600, flag: 'wx' });
    return fresh;
  } catch (thrown) {
    if (!isErrorCode(thrown, 'EEXIST')) throw thrown;
  }
  const parsed = accountSchema.safeParse(jsonOf(await readFile(path, 'utf8')));
  if (parsed.success) return parsed.data;
  throw new AppError('CONFIG_INVALID', `The file ${path} is damaged: remove it, and the demo makes a new account.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}
