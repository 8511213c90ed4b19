import { type AttemptCounter, AttemptLimits } from '../auth/attempt-limiter.ts';
import { CommonPasswords } from '../auth/common-passwords.ts';
import { PasswordRules } from '../auth/password-rules.ts';
import { PasswordHasher } from '../auth/passwords.ts';
import { FieldCipher } from '../auth/secrets.ts';
import { TokenSigner } from '../auth/tokens.ts';
import type { Config } from '../config.ts';
import { type Database } from '../db/database.ts';
import { AccountService } from '../services/accounts/account.service.ts';
import { MailedAccountService } from '../services/accounts/mailed-account.service.ts';
import { OwnAccountService } from '../services/accounts/own-account.service.ts';
import { PasswordConfirmation } from '../services/accounts/password-confirmation.ts';
import { ProfileService } from '../services/accounts/profile.service.ts';
import { Registrations } from '../services/accounts/registrations.ts';
import { SessionService } from '../services/accounts/session.service.ts';
import { SignInAttempts } from '../services/accounts/sign-in-attempts.ts';
import { UserService } from '../services/accounts/user.service.ts';

export function accountsOf(
  config: Config,
  db: Database,
  notices: ConstructorParameters<typeof SessionService>[2],
  counter: AttemptCounter,
  onCounterFault: (thrown: unknown) => void,
  onMail: () => void,
  passwords = new PasswordHasher(),
) {
  const cipher = new FieldCipher(config.encryptionKeys);
  const { jwtSecret, previousJwtSecret } = config;
  const tokens = new TokenSigner(jwtSecret, Date.now, previousJwtSecret === undefined ? [] : [previousJwtSecret]);
  const sessions = new SessionService(db, tokens, notices, {
    changes: config.databaseReplicaUrls.length > 0,
    most: config.sessionsPerUser,
  });
  const shared = {
    db,
    sessions,
    passwords,
    attempts: new SignInAttempts(cipher),
    rules: new PasswordRules(new CommonPasswords()),
    cipher,
    limits: new AttemptLimits({
      counter,
      onUnavailable: onCounterFault,
      limits: {
        login: { limit: config.loginsPerMinute, windowSeconds: 60 },
        loginOfAccount: { limit: config.loginsPerMinute, windowSeconds: 60 },
      },
    }),
  };
  const registrations = new Registrations({ ...shared, onMail, defaultRole: config.defaultRole });
  const accounts = new AccountService({
    ...shared,
    tokens,
    registrations,
    confirmsAddresses: config.smtpUrl !== undefined,
    defaultRole: config.defaultRole,
  });
  const confirmation = new PasswordConfirmation(shared);
  const users = new UserService(db, cipher);
  return {
    accounts,
    ownSessions: sessions,
    ownAccounts: new OwnAccountService({ ...shared, accounts, confirmation, onMail }),
    mailedAccounts: new MailedAccountService({
      ...shared,
      confirmation,
      registrations,
      canMail: config.smtpUrl !== undefined || config.env !== 'production',
      onMail,
    }),
    profiles: new ProfileService(db, users, cipher),
    users,
    cipher,
  };
}
