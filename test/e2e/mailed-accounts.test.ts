import { sql } from 'kysely';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../src/db/database.ts';
import { type FakeSmtp, headersOf, plainTextOf, type ReceivedMail, startFakeSmtp } from '../fakes/smtp.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { useApp } from '../helpers/fixtures.ts';
import { until } from '../helpers/until.ts';

const NEW = 'seven paper boats drift';
const LINK = /https:\/\/app\.example\.org\/(verify-email|reset-password)#token=([\w-]{43})\s/;

let smtp: FakeSmtp;
beforeAll(async () => {
  smtp = await startFakeSmtp();
  return () => smtp.close();
});
const app = useApp(() => ({
  worker: false,
  settings: {
    SMTP_URL: smtp.url,
    MAIL_FROM: 'Auto Video <video@example.org>',
    APP_URL: 'https://app.example.org/',
    TRUST_PROXY: '1',
    LOGINS_PER_MINUTE: '100',
  },
}));

const answer = z.object({
  data: z.record(z.string(), z.any()).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })).optional(),
});

/** One request of a client program from this address. */
async function send(query: string, variables: object = {}, { token = '', address = '203.0.113.7' } = {}) {
  const headers = { 'content-type': 'application/json', 'x-forwarded-for': address };
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  return answer.parse(await response.json());
}

const ok = { ok: true, userErrors: [] };
const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(({ code }) => code);

async function login(identifier: string, password: string, address?: string) {
  const query = `mutation ($input: LoginInput!) {
    login(input: $input) { tokens { accessToken refreshToken } user { email emailVerified } userErrors { code } } }`;
  const { data } = await send(query, { input: { identifier, password } }, address === undefined ? {} : { address });
  return data?.['login'];
}

/** The next mail to this address. */
async function mailTo(address: string): Promise<ReceivedMail> {
  const find = () => smtp.mails.findIndex(({ to }) => to.join() === address);
  await until(`there is a mail to ${address}`, () => find() >= 0);
  const [mail] = smtp.mails.splice(find(), 1);
  if (!mail) throw new Error('The mail is gone.');
  return mail;
}

/** The token of the next mail to this address, and the page of its link. */
async function mailed(address: string): Promise<{ page: string | undefined; token: string }> {
  const mail = await mailTo(address);
  const [, page, token = ''] = LINK.exec(`${plainTextOf(mail)} `) ?? [];
  return { page, token };
}

const verify = async (token: string) =>
  (await send('mutation ($token: String!) { verifyEmail(token: $token) { ok userErrors { code } } }', { token }))
    .data?.['verifyEmail'];
const requestReset = async (email: string, address: string) =>
  (
    await send(
      'mutation ($email: EmailAddress!) { requestPasswordReset(email: $email) { ok userErrors { code } } }',
      { email },
      { address },
    )
  ).data?.['requestPasswordReset'];
const reset = async (token: string, newPassword = NEW) =>
  (
    await send(
      `mutation ($token: String!, $newPassword: String!) {
        resetPassword(token: $token, newPassword: $newPassword) { ok userErrors { code } } }`,
      { token, newPassword },
    )
  ).data?.['resetPassword'];

describe('A client over HTTP', () => {
  it('confirms its address, signs in, changes its password, and its other session has ended', async () => {
    await app.app.accounts.createUser({
      username: 'ann',
      email: 'ann@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    const phone = await login('ann', PASSWORD);
    const token = (await login('ann', PASSWORD)).tokens.accessToken;
    const asked = await send('mutation { requestEmailVerification { ok userErrors { code } } }', {}, { token });
    expect(asked.data?.['requestEmailVerification']).toEqual(ok);
    const mail = await mailed('ann@example.org');
    expect(mail.page).toBe('verify-email');
    expect(await verify(mail.token)).toEqual(ok);
    expect(codes(await verify(mail.token))).toEqual(['INVALID']);
    expect((await login('ann', PASSWORD)).user).toEqual({ email: 'ann@example.org', emailVerified: true });

    const change = `mutation { changePassword(currentPassword: "${PASSWORD}", newPassword: "${NEW}") {
      tokens { accessToken } user { email } userErrors { code } } }`;
    const changed = (await send(change, {}, { token })).data?.['changePassword'];
    expect(changed.user).toEqual({ email: 'ann@example.org' });
    const viewer = '{ viewer { username } }';
    expect((await send(viewer, {}, { token: changed.tokens.accessToken })).data).toEqual({
      viewer: { username: 'ann' },
    });
    const old = await send(viewer, {}, { token: phone.tokens.accessToken });
    expect(old.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(codes(await login('ann', PASSWORD))).toEqual(['INVALID_CREDENTIALS']);
  });

  it('signs in from home after five wrong guesses from another network', async () => {
    await app.app.accounts.createUser({
      username: 'bea',
      email: 'bea@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    for (let i = 0; i < 5; i++)
      expect(codes(await login('bea', `guess number ${i}`, '198.51.100.1'))).toEqual(['INVALID_CREDENTIALS']);
    expect(codes(await login('bea', PASSWORD, '198.51.100.1'))).toEqual(['ACCOUNT_LOCKED']);
    expect(codes(await login('bea', PASSWORD))).toEqual([]);
  });

  it('resets a forgotten password by mail, which ends every session; the token works once', async () => {
    await app.app.accounts.createUser({
      username: 'cleo',
      email: 'cleo@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    const session = await login('cleo', PASSWORD);
    expect(await requestReset('cleo@example.org', '192.0.2.1')).toEqual(ok);
    const first = await mailed('cleo@example.org');
    expect(first.page).toBe('reset-password');
    expect(await requestReset('Cleo@example.org', '192.0.2.1')).toEqual(ok);
    const second = await mailed('cleo@example.org');
    expect(codes(await reset(first.token))).toEqual(['INVALID']);
    expect(codes(await reset(second.token, 'password2026!'))).toEqual(['INVALID']);
    expect(codes(await reset(second.token, 'cleo@example.org'))).toEqual(['INVALID']);
    expect(await reset(second.token)).toEqual(ok);
    expect(codes(await reset(second.token))).toEqual(['INVALID']);
    const gone = await send('{ viewer { username } }', {}, { token: session.tokens.accessToken });
    expect(gone.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(codes(await login('cleo', NEW))).toEqual([]);
    expect((await mailed('cleo@example.org')).token).toBe('');
  });

  it('gets the same answer for an address without an account, to which nothing is mailed', async () => {
    expect(await requestReset('unknown@example.org', '192.0.2.2')).toEqual(ok);
    await app.app.accounts.createUser({
      username: 'dora',
      email: 'dora@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    await requestReset('dora@example.org', '192.0.2.2');
    await mailed('dora@example.org');
    expect(smtp.mails).toEqual([]);
  });

  it('moves its account to another address, when the link in that mail is opened', async () => {
    await app.app.accounts.createUser({
      username: 'emma',
      email: 'emma@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    await app.app.accounts.createUser({
      username: 'fay',
      email: 'fay@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    const token = (await login('emma', PASSWORD)).tokens.accessToken;
    const change = async (newEmail: string, password = PASSWORD) =>
      (
        await send(
          `mutation ($newEmail: EmailAddress!, $password: String!) {
            changeEmail(newEmail: $newEmail, password: $password) { ok userErrors { code } } }`,
          { newEmail, password },
          { token },
        )
      ).data?.['changeEmail'];
    expect(codes(await change('new@example.org', 'not the password'))).toEqual(['INVALID_CREDENTIALS']);
    // The owner of a taken address gets a mail, and the caller learns nothing.
    expect(await change('fay@example.org')).toEqual(ok);
    expect((await mailed('fay@example.org')).token).toBe('');
    expect(await change('new@example.org')).toEqual(ok);
    const mail = await mailed('new@example.org');
    expect((await login('emma@example.org', PASSWORD)).user.email).toBe('emma@example.org');
    expect(await verify(mail.token)).toEqual(ok);
    expect((await mailed('emma@example.org')).token).toBe('');
    expect((await login('new@example.org', PASSWORD)).user).toEqual({ email: 'new@example.org', emailVerified: true });
    expect(codes(await login('emma@example.org', PASSWORD))).toEqual(['INVALID_CREDENTIALS']);
  });
});

describe('A mail', () => {
  it('waits while the mail server refuses it, without any secret readable in the database', async () => {
    await app.app.accounts.createUser({
      username: 'gina',
      email: 'gina@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    smtp.refuses = true;
    await requestReset('gina@example.org', '192.0.2.3');
    const db = await openDatabase({ url: app.installation.settings['DATABASE_URL'] ?? '', poolMax: 1 });
    try {
      const waiting = async () =>
        (await sql<{ content_encrypted: string; attempts: number }>`select * from mails`.execute(db.sql())).rows;
      const isRefused = (line: object) => JSON.stringify(line).includes('a mail could not be sent');
      await until('the mail was refused', () => app.log.some(isRefused));
      expect(JSON.stringify(await waiting())).not.toContain('gina');
      const { rows: tokens } = await sql<{ hash: string }>`select * from account_tokens`.execute(db.sql());
      expect(tokens.at(-1)?.hash).toMatch(/^[0-9a-f]{64}$/);
      smtp.refuses = false;
      await sql`update mails set next_at = now()`.execute(db.sql());
      expect((await mailed('gina@example.org')).token).not.toBe('');
      await until('the mail is deleted', async () => (await waiting()).length === 0);
      expect(JSON.stringify(app.log)).not.toContain('gina@example.org');
    } finally {
      await db.close();
    }
  });

  it('has one recipient and the sender that is set, whatever a name contains', async () => {
    await app.app.accounts.createUser({
      username: 'h.a-n_na',
      email: 'hanna@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    await requestReset('hanna@example.org', '192.0.2.4');
    const mail = await mailTo('hanna@example.org');
    expect(mail.from).toBe('video@example.org');
    expect(headersOf(mail)).toContain('From: Auto Video <video@example.org>');
    expect(headersOf(mail)).toMatch(/^To: <?hanna@example\.org>?$/m);
    expect(headersOf(mail)).not.toMatch(/^(Bcc|Cc):/m);
  });
});
