import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { headersOf } from '../fakes/smtp.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { until } from '../helpers/until.ts';
import { codes, NEW, ok, useMailedApp } from './mail-setup.ts';

const setup = useMailedApp();
const { inDatabase, login, mailTo, mailed, requestReset, reset, send, verify } = setup;

describe('A client over HTTP', () => {
  it('confirms its address, signs in, changes its password, and its other session has ended', async () => {
    await setup.app.accounts.createUser({
      username: 'ann',
      email: 'ann@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    await inDatabase((db) => sql`update users set email_verified = false where username = 'ann'`.execute(db.sql()));
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
    expect(headersOf(await mailTo('ann@example.org'))).toContain('Subject: Your password was changed');
    const viewer = '{ viewer { username } }';
    expect((await send(viewer, {}, { token: changed.tokens.accessToken })).data).toEqual({
      viewer: { username: 'ann' },
    });
    const old = await send(viewer, {}, { token: phone.tokens.accessToken });
    expect(old.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(codes(await login('ann', PASSWORD))).toEqual(['INVALID_CREDENTIALS']);
  });

  it('signs in from home after five wrong guesses from another network', async () => {
    await setup.app.accounts.createUser({
      username: 'bea',
      email: 'bea@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    for (let i = 0; i < 5; i++)
      expect(codes(await login('bea', `guess number ${i}`, '198.51.100.1'))).toEqual(['INVALID_CREDENTIALS']);
    expect(codes(await login('bea', PASSWORD, '198.51.100.1'))).toEqual(['ACCOUNT_LOCKED']);
    expect(codes(await login('bea', PASSWORD))).toEqual([]);
    // Once a day, however many networks have to wait.
    expect(headersOf(await mailTo('bea@example.org'))).toContain('Subject: Many wrong passwords for your account');
    for (let i = 0; i < 5; i++) await login('bea', `guess number ${i}`, '198.51.100.2');
    await until('the second notice is not sent', () =>
      inDatabase(async (db) => {
        const { rows } = await sql<{ mails: number }>`select count(*)::int as mails from mails`.execute(db.sql());
        return rows[0]?.mails === 0;
      }),
    );
    expect(setup.smtp.mails).toEqual([]);
    const { rows: entries } = await inDatabase((db) =>
      sql`select actor_id, outcome from audit_log where action = 'session.delay'`.execute(db.sql()),
    );
    expect(entries).toEqual([{ actor_id: null, outcome: 'DENIED' }]);
  });

  it('resets a forgotten password by mail, which ends every session; the token works once', async () => {
    await setup.app.accounts.createUser({
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
    await setup.app.accounts.createUser({
      username: 'dora',
      email: 'dora@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    await requestReset('dora@example.org', '192.0.2.2');
    await mailed('dora@example.org');
    expect(setup.smtp.mails).toEqual([]);
  });

  it('moves its account to another address, when the link in that mail is opened', async () => {
    await setup.app.accounts.createUser({
      username: 'emma',
      email: 'emma@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    await setup.app.accounts.createUser({
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
    await setup.app.accounts.createUser({
      username: 'gina',
      email: 'gina@example.org',
      password: PASSWORD,
      role: 'CREATOR',
    });
    setup.smtp.refuses = true;
    await requestReset('gina@example.org', '192.0.2.3');
    await inDatabase(async (db) => {
      const waiting = async () =>
        (await sql<{ content_encrypted: string; attempts: number }>`select * from mails`.execute(db.sql())).rows;
      const isRefused = (line: object) => JSON.stringify(line).includes('a mail could not be sent');
      await until('the mail was refused', () => setup.log.some(isRefused));
      expect(JSON.stringify(await waiting())).not.toContain('gina');
      const { rows: tokens } = await sql<{ hash: string }>`select * from account_tokens`.execute(db.sql());
      expect(tokens.at(-1)?.hash).toMatch(/^[0-9a-f]{64}$/);
      setup.smtp.refuses = false;
      await sql`update mails set next_at = now()`.execute(db.sql());
      expect((await mailed('gina@example.org')).token).not.toBe('');
      await until('the mail is deleted', async () => (await waiting()).length === 0);
      expect(JSON.stringify(setup.log)).not.toContain('gina@example.org');
    });
  });

  it('has one recipient and the sender that is set, whatever a name contains', async () => {
    await setup.app.accounts.createUser({
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
