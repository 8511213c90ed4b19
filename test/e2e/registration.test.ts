import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { removeOldRegistrations } from '../../src/jobs/tasks/old-rows-sql.ts';
import { headersOf, plainTextOf, type ReceivedMail } from '../fakes/smtp.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { until } from '../helpers/until.ts';
import { codes, LINK, NEW, ok, useMailedApp } from './mail-setup.ts';

const setup = useMailedApp();
const { inDatabase, login, register, mailTo, mailed, verify } = setup;

describe('Registration with a mail server', () => {
  const mailedLink = { user: null, tokens: null, userErrors: [] };

  it('begins an account when the mailed link is opened, and not before', async () => {
    expect(await register('rosa', 'rosa@example.org', '192.0.2.10')).toEqual(mailedLink);
    const mail = await mailed('rosa@example.org');
    expect(mail.page).toBe('verify-email');
    expect(codes(await login('rosa', 'not the password'))).toEqual(['INVALID_CREDENTIALS']);
    expect(codes(await login('rosa', PASSWORD))).toEqual(['INVALID_STATE']);
    // The link was mailed again, and replaces the one before.
    const again = await mailed('rosa@example.org');
    expect(codes(await verify(mail.token))).toEqual(['INVALID']);
    expect(codes(await login('ROSA@example.org', PASSWORD))).toEqual(['INVALID_STATE']);
    const last = await mailed('rosa@example.org');
    expect(codes(await verify(again.token))).toEqual(['INVALID']);
    expect(await verify(last.token)).toEqual(ok);
    expect(codes(await verify(last.token))).toEqual(['INVALID']);
    expect((await login('rosa', PASSWORD)).user).toEqual({ email: 'rosa@example.org', emailVerified: true });
  });

  it('answers the same for an address that has an account, whose owner gets a notice without a link', async () => {
    await setup.app.accounts.createUser({
      username: 'sara',
      email: 'sara@example.org',
      password: PASSWORD,
      role: 'USER',
    });
    expect(await register('thief', 'Sara@example.org', '192.0.2.11', NEW)).toEqual(mailedLink);
    const mail = await mailTo('Sara@example.org');
    expect(headersOf(mail)).toContain('Subject: You already have an account');
    expect(plainTextOf(mail)).not.toMatch(LINK);
    // Neither the name nor a sign-in shows that it is not an account that waits for its link.
    expect(codes(await register('Thief', 'thief@example.org', '192.0.2.11'))).toEqual(['TAKEN']);
    expect(codes(await login('thief', NEW))).toEqual(['INVALID_STATE']);
    expect(codes(await login('sara@example.org', NEW))).toEqual(['INVALID_STATE']);
    expect((await login('sara@example.org', PASSWORD)).user.email).toBe('sara@example.org');
  });

  it('says that a user name is taken, because names are public', async () => {
    await setup.app.accounts.createUser({
      username: 'tess',
      email: 'tess@example.org',
      password: PASSWORD,
      role: 'USER',
    });
    const refused = { ...mailedLink, userErrors: [{ code: 'TAKEN', field: ['input', 'username'] }] };
    expect(await register('TESS', 'tess2@example.org', '192.0.2.12')).toEqual(refused);
  });

  it('sends at most three mails to an address in an hour, and answers sign-ins as before', async () => {
    await register('uma1', 'uma@example.org', '192.0.2.13');
    await register('uma2', 'uma@example.org', '192.0.2.13');
    await register('uma3', 'UMA@example.org', '192.0.2.13');
    expect(await register('uma4', 'uma@example.org', '192.0.2.13')).toBeNull();
    const isHers = ({ to }: ReceivedMail) => to.join().toLowerCase() === 'uma@example.org';
    await until('three mails came', () => setup.smtp.mails.filter(isHers).length === 3);
    expect(codes(await login('uma1', PASSWORD))).toEqual(['INVALID_STATE']);
    // Mails are sent in the order in which they were written.
    await register('vera', 'vera@example.org', '192.0.2.14');
    await mailTo('vera@example.org');
    expect(setup.smtp.mails.splice(0).filter(isHers)).toHaveLength(3);
  });

  it('gives an address to one account, where two registered with it', async () => {
    await register('wilma1', 'wilma@example.org', '192.0.2.15');
    const first = await mailed('wilma@example.org');
    await register('wilma2', 'wilma@example.org', '192.0.2.15');
    const second = await mailed('wilma@example.org');
    expect(await verify(second.token)).toEqual(ok);
    expect(codes(await verify(first.token))).toEqual(['INVALID']);
    expect(codes(await login('wilma2', PASSWORD))).toEqual([]);
  });

  it('ends after seven days, and its user name is free again', async () => {
    await register('xena', 'xena@example.org', '192.0.2.16');
    const { token } = await mailed('xena@example.org');
    await inDatabase(async (db) => {
      const { rows } = await sql<{ days: number }>`
        select round(extract(epoch from expires_at - now()) / 86400)::int as days from registrations where username = 'xena'`.execute(
        db.sql(),
      );
      expect(rows).toEqual([{ days: 7 }]);
      await sql`update registrations set expires_at = now() - interval '1 second' where username = 'xena'`.execute(
        db.sql(),
      );
    });
    expect(codes(await verify(token))).toEqual(['INVALID']);
    expect(codes(await login('xena', PASSWORD))).toEqual(['INVALID_CREDENTIALS']);
    expect(await inDatabase((db) => removeOldRegistrations(db.sql(), 10))).toBe(1);
    expect(await register('xena', 'xena2@example.org', '192.0.2.16')).toEqual(mailedLink);
    await mailed('xena2@example.org');
  });
});
