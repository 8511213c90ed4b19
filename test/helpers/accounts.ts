import { randomBytes } from 'node:crypto';
import { AttemptLimits } from '../../src/auth/attempt-limiter.ts';
import { CommonPasswords } from '../../src/auth/common-passwords.ts';
import { PasswordRules } from '../../src/auth/password-rules.ts';
import { PasswordHasher } from '../../src/auth/passwords.ts';
import { type EncryptionKey, FieldCipher } from '../../src/auth/secrets.ts';
import { TokenSigner } from '../../src/auth/tokens.ts';
import { administrationOf } from '../../src/composition/administration.ts';
import type { Database } from '../../src/db/database.ts';
import { AccountService } from '../../src/services/accounts/account.service.ts';
import { ApiKeyOwners } from '../../src/services/accounts/api-keys/api-key-owners.ts';
import { OwnAccountService } from '../../src/services/accounts/own-account.service.ts';
import { PasswordConfirmation } from '../../src/services/accounts/password-confirmation.ts';
import { ProfileService } from '../../src/services/accounts/profile.service.ts';
import { Registrations } from '../../src/services/accounts/registrations.ts';
import { SessionService } from '../../src/services/accounts/session.service.ts';
import { SignInAttempts } from '../../src/services/accounts/sign-in-attempts.ts';
import { UserService } from '../../src/services/accounts/user.service.ts';
import { UserFaultError } from '../../src/services/user-fault.ts';

export const SECRET = 'a secret of these tests, long enough for HS256';
export const PASSWORD = 'a quiet blue harbour';
export const KEY: EncryptionKey = { id: 'k1', key: randomBytes(32) };

/** The hash itself has its own test; elsewhere it only has to be fast. */
export function cheapHasher(): PasswordHasher {
  return new PasswordHasher({ memoryKiB: 64, passes: 1, parallelism: 1 });
}

export interface AccountOptions {
  /** The first key encrypts. */
  readonly keys?: readonly EncryptionKey[];
  readonly registrationsAMinute?: number;
  /** From one network. */
  readonly loginsAMinute?: number;
  readonly loginsOfAccountAMinute?: number;
  /** Milliseconds since the epoch, the clock of tokens. */
  readonly now?: () => number;
  readonly passwords?: PasswordHasher;
  /** Whether viewers include their last change. */
  readonly changes?: boolean;
  /** As where SMTP_URL is set; false by default. */
  readonly confirmsAddresses?: boolean;
  /** 50 by default. */
  readonly sessionsPerUser?: number;
}

/** The account services on a real database; only Redis is replaced: notifications are stored in `ended`, attempts are counted here. */
export function accountsOn(db: Database, options: AccountOptions = {}) {
  const ended: string[] = [];
  const notices = { revoked: async (ids: readonly string[]) => void ended.push(...ids) };
  const cipher = new FieldCipher(options.keys ?? [KEY]);
  const tokens = new TokenSigner(SECRET, options.now);
  const sessions = new SessionService(db, tokens, notices, {
    changes: options.changes ?? false,
    ...(options.sessionsPerUser === undefined ? {} : { most: options.sessionsPerUser }),
  });
  const shared = {
    db,
    sessions,
    cipher,
    passwords: options.passwords ?? cheapHasher(),
    limits: new AttemptLimits({
      counter: counterInMemory(),
      onUnavailable: () => undefined,
      limits: {
        register: { limit: options.registrationsAMinute ?? 1_000, windowSeconds: 60 },
        login: { limit: options.loginsAMinute ?? 1_000, windowSeconds: 60 },
        loginOfAccount: { limit: options.loginsOfAccountAMinute ?? 1_000, windowSeconds: 60 },
      },
    }),
    attempts: new SignInAttempts(cipher),
    rules: new PasswordRules(new CommonPasswords()),
  };
  const registrations = new Registrations({ ...shared, onMail: () => undefined, defaultRole: 'CREATOR' });
  const accounts = new AccountService({
    ...shared,
    tokens,
    registrations,
    confirmsAddresses: options.confirmsAddresses ?? false,
    defaultRole: 'CREATOR',
  });
  const confirmation = new PasswordConfirmation(shared);
  const ownAccounts = new OwnAccountService({ ...shared, accounts, confirmation, onMail: () => undefined });
  const users = new UserService(db, cipher);
  const owners = new ApiKeyOwners({ db, changes: false, onFault: () => undefined });
  const hooks = {
    onPlanChanged: () => undefined,
    onVideosDeleted: async () => undefined,
    onSuppressed: () => undefined,
  };
  const administration = administrationOf({ db, cipher, notices, ...hooks });
  return {
    accounts,
    ownAccounts,
    profiles: new ProfileService(db, users, cipher),
    sessions,
    users,
    tokens,
    ended,
    cipher,
    keyOwners: owners,
    ...administration,
  };
}

/** An account that begins at once. */
export async function registered(accounts: AccountService, ...given: Parameters<AccountService['register']>) {
  const result = await accounts.register(...given);
  if (!result) throw new Error('A link was mailed.');
  return result;
}

function counterInMemory() {
  const hits = new Map<string, number>();
  return {
    count: async (key: string) => {
      hits.set(key, (hits.get(key) ?? 0) + 1);
      return { hits: hits.get(key) ?? 0, secondsLeft: 30 };
    },
  };
}

/** The faults of a service as [code, path]; an empty list on success. */
export async function faultsOf(work: Promise<unknown>): Promise<[string, string | undefined][]> {
  try {
    await work;
    return [];
  } catch (thrown) {
    if (!(thrown instanceof UserFaultError)) throw thrown;
    return thrown.faults.map(({ code, field }) => [code, field?.join('.')]);
  }
}
