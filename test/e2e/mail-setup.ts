import { beforeAll } from 'vitest';
import { z } from 'zod';
import { type Database, openDatabase } from '../../src/db/database.ts';
import { type FakeSmtp, plainTextOf, type ReceivedMail, startFakeSmtp } from '../fakes/smtp.ts';
import { PASSWORD } from '../helpers/accounts.ts';
import { useApp } from '../helpers/fixtures.ts';
import { until } from '../helpers/until.ts';

export const NEW = 'seven paper boats drift';
export const LINK = /https:\/\/app\.example\.org\/(verify-email|reset-password)#token=([\w-]{43})\s/;

const answer = z.object({
  data: z.record(z.string(), z.any()).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.object({ code: z.string() }) })).optional(),
});

export const ok = { ok: true, userErrors: [] };
export const codes = (payload: { userErrors: { code: string }[] }) => payload.userErrors.map(({ code }) => code);

/** A server that sends mail, and what its clients do. */
export function useMailedApp() {
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

  async function login(identifier: string, password: string, address?: string) {
    const query = `mutation ($input: LoginInput!) {
    login(input: $input) { tokens { accessToken refreshToken } user { email emailVerified } userErrors { code } } }`;
    const { data } = await send(query, { input: { identifier, password } }, address === undefined ? {} : { address });
    return data?.['login'];
  }

  /** What an operator might do at the database. */
  async function inDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openDatabase({ url: app.installation.settings['DATABASE_URL'] ?? '', poolMax: 1 });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  const register = async (username: string, email: string, address: string, password = PASSWORD) =>
    (
      await send(
        `mutation ($input: RegisterInput!) { register(input: $input) {
        user { username } tokens { accessToken } userErrors { code field } } }`,
        { input: { username, email, password } },
        { address },
      )
    ).data?.['register'];

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

  return {
    get app() {
      return app.app;
    },
    get log() {
      return app.log;
    },
    get smtp() {
      return smtp;
    },
    send,
    inDatabase,
    login,
    register,
    mailTo,
    mailed,
    verify,
    requestReset,
    reset,
  };
}
