import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ATTEMPT_LIMITS } from '../../../src/auth/attempt-limiter.ts';
import { RateLimitedError } from '../../../src/auth/auth-error.ts';
import { CommonPasswords } from '../../../src/auth/common-passwords.ts';
import { PasswordRules } from '../../../src/auth/password-rules.ts';
import type { Viewer } from '../../../src/auth/viewer.ts';
import type { Database } from '../../../src/db/database.ts';
import { MailedAccountService } from '../../../src/services/accounts/mailed-account.service.ts';
import { OwnAccountService } from '../../../src/services/accounts/own-account.service.ts';
import { PasswordConfirmation } from '../../../src/services/accounts/password-confirmation.ts';
import { Registrations } from '../../../src/services/accounts/registrations.ts';
import { SignInAttempts } from '../../../src/services/accounts/sign-in-attempts.ts';
import { accountsOn, cheapHasher, faultsOf, PASSWORD, registered } from '../../helpers/accounts.ts';
import { createTestDatabase } from '../../helpers/database.ts';

const DEVICE = { ipAddress: '2001:db8:1:2:3:4:5:6', userAgent: 'a test' };
const NETWORK = '2001:db8:1:2::/64';
const NEW = 'seven paper boats drift';

let db: Database;
let viewer: Viewer;
beforeAll(async () => {
  db = await createTestDatabase();
  const { accounts } = accountsOn(db);
  viewer = (await registered(accounts, { username: 'ann', email: 'ann@example.org', password: PASSWORD }, DEVICE))
    .viewer;
});
afterAll(() => db.close());

/** The services, with the limits that were asked; the one named refuses. */
function limited({ refuses = '', canMail = true } = {}) {
  const asked: [string, ...string[]][] = [];
  const hit = async (name: string, ...key: readonly string[]) => {
    asked.push([name, ...key]);
    if (name === refuses) throw new RateLimitedError(9);
  };
  const { accounts, sessions, cipher } = accountsOn(db);
  const passwords = cheapHasher();
  const shared = { db, sessions, cipher, passwords, limits: { hit }, rules: new PasswordRules(new CommonPasswords()) };
  const confirmation = new PasswordConfirmation({ db, passwords, attempts: new SignInAttempts(cipher) });
  const onMail = () => undefined;
  const registrations = new Registrations({ ...shared, onMail, defaultRole: 'USER' });
  return {
    asked,
    cipher,
    registrations,
    own: new OwnAccountService({ ...shared, accounts, confirmation, onMail }),
    mailed: new MailedAccountService({ ...shared, confirmation, registrations, canMail, onMail }),
  };
}

type Services = ReturnType<typeof limited>;
const email = 'new@example.org';
const account = { username: 'bea', email, password: PASSWORD, fullName: null };
const index = ({ cipher }: Services) => cipher.emailIndex(email);
const user = () => viewer.userId;
const network = () => NETWORK;

/** Name, who it counts, and what a client does. */
const LIMITED: [
  keyof typeof ATTEMPT_LIMITS,
  (services: Services) => string,
  (services: Services) => Promise<unknown>,
][] = [
  ['requestPasswordReset', network, ({ mailed }) => mailed.requestReset(email, DEVICE)],
  ['changeEmailMail', index, ({ mailed }) => mailed.changeEmail(viewer, email, PASSWORD, DEVICE)],
  ['resetPassword', network, ({ mailed }) => mailed.resetPassword('token', NEW, DEVICE)],
  ['verifyEmail', network, ({ mailed }) => mailed.verifyEmail('token', DEVICE)],
  ['requestEmailVerification', user, ({ mailed }) => mailed.requestVerification(viewer)],
  ['changeEmail', user, ({ mailed }) => mailed.changeEmail(viewer, email, PASSWORD, DEVICE)],
  ['registrationMail', index, ({ registrations }) => registrations.add(account, NETWORK)],
  [
    'changePassword',
    user,
    ({ own }) => own.changePassword(viewer, { currentPassword: PASSWORD, newPassword: NEW }, DEVICE),
  ],
  ['deleteAccount', user, ({ own }) => own.deleteAccount(viewer, PASSWORD, DEVICE)],
];

describe('The limit', () => {
  it.each(LIMITED)('%s is asked before anything happens, for whom it counts', async (name, keyOf, act) => {
    const services = limited({ refuses: name });
    await expect(act(services)).rejects.toBeInstanceOf(RateLimitedError);
    expect(services.asked).toContainEqual([name, keyOf(services)]);
    expect(await db.sql().selectFrom('mails').selectAll().execute()).toEqual([]);
  });
});

it('Mails to one mailbox count together, whatever follows a plus sign in the address', async () => {
  const services = limited();
  const plus = 'new+7@example.org';
  await services.mailed.requestReset(plus, DEVICE);
  await services.mailed.changeEmail(viewer, plus, PASSWORD, DEVICE);
  await services.registrations.add({ ...account, email: plus }, NETWORK);
  for (const name of ['passwordResetMail', 'changeEmailMail', 'registrationMail'])
    expect(services.asked).toContainEqual([name, index(services)]);
  await db.sql().deleteFrom('mails').execute();
});

it('The limit of mails to one address ends them, and is not seen by who asks', async () => {
  const services = limited({ refuses: 'passwordResetMail' });
  await services.mailed.requestReset(email, DEVICE);
  expect(services.asked).toContainEqual(['passwordResetMail', index(services)]);
  expect(await db.sql().selectFrom('mails').selectAll().execute()).toEqual([]);
});

describe('Without a mail server in production', () => {
  const unsupported = [['UNSUPPORTED', undefined]];

  it('nothing is answered as if a mail was sent, whether or not the address has an account', async () => {
    const { mailed } = limited({ canMail: false });
    expect(await faultsOf(mailed.requestReset('ann@example.org', DEVICE))).toEqual(unsupported);
    expect(await faultsOf(mailed.requestReset('unknown@example.org', DEVICE))).toEqual(unsupported);
    expect(await faultsOf(mailed.requestVerification(viewer))).toEqual(unsupported);
    expect(await faultsOf(mailed.changeEmail(viewer, email, PASSWORD, DEVICE))).toEqual(unsupported);
    expect(await db.sql().selectFrom('mails').selectAll().execute()).toEqual([]);
  });
});
