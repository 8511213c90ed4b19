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
 * Signs in to the demo account of this machine, which is created at its first use and again when the database was
 * wiped. Its random password is in DATA_DIR, readable only by its owner.
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
    // Another process that started at the same moment has registered it just now; otherwise its password was changed.
    if (register?.userErrors.some(({ code }) => code === 'TAKEN')) return await Session.open(api, identity);
    const reasons = register?.userErrors.map(({ message }) => message).join(' ');
    throw new AppError('API_REFUSED', `The demo account could not be created: ${reasons ?? 'no reason was given.'}`);
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
  throw new AppError('CONFIG_INVALID', `The file ${path} is damaged: remove it, and the demo creates a new account.`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return null;
    throw thrown;
  }
}
