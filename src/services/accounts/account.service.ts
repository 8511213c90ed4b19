import type { AttemptLimits } from '../../auth/attempt-limiter.ts';
import { networkOf } from '../../auth/client-network.ts';
import type { PasswordRules } from '../../auth/password-rules.ts';
import type { PasswordHasher } from '../../auth/passwords.ts';
import type { Device } from '../../auth/request-facts.ts';
import { permissionsOf } from '../../auth/role-permissions.ts';
import type { FieldCipher } from '../../auth/secrets.ts';
import { ACCESS_SECONDS, type TokenSigner } from '../../auth/tokens.ts';
import type { Viewer } from '../../auth/viewer.ts';
import type { Database } from '../../db/database.ts';
import { type Em, sqlOf } from '../../db/orm.ts';
import type { AuditOutcome, Role } from '../../entities/enums.ts';
import { User } from '../../entities/user.ts';
import { encodeId } from '../../ids.ts';
import { normalized } from '../../unicode.ts';
import { COMMAND_LINE, entryOf } from '../audit/actor.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { type CheckedAccount, checkedAccount, type NewAccount } from './account-fields.ts';
import { activeRolesOf, insertAccount, rejectTaken, rejectTakenName, sortByRank } from './account-store.ts';
import { credentialsOf, type Renewal, recordSuccess } from './credentials-sql.ts';
import { createFirstAdmin, type FirstAdmin } from './first-admin.ts';
import { RefusedSignIns } from './refused-sign-ins.ts';
import type { Registrations } from './registrations.ts';
import type { SessionService, SessionView } from './session.service.ts';
import type { LiveSession } from './session-sql.ts';
import type { SignInAttempts } from './sign-in-attempts.ts';
import type { AttemptKey } from './sign-in-attempts-sql.ts';

export interface AccountServiceParts {
  readonly db: Database;
  readonly sessions: SessionService;
  readonly passwords: PasswordHasher;
  readonly rules: PasswordRules;
  readonly attempts: SignInAttempts;
  readonly tokens: TokenSigner;
  readonly cipher: FieldCipher;
  readonly limits: Pick<AttemptLimits, 'hit'>;
  readonly registrations: Pick<Registrations, 'add' | 'isAwaited'>;
  /** Whether an account begins when the link in a mail is opened; else it does at once, and a taken address is refused as TAKEN. */
  readonly confirmsAddresses: boolean;
  /** Role of a newly registered user. */
  readonly defaultRole: Role;
}

export interface Credentials {
  readonly identifier: string;
  readonly password: string;
}

export interface AuthTokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly tokenType: 'Bearer';
  /** Seconds until accessToken expires. */
  readonly expiresIn: number;
}

export interface SignInResult {
  readonly user: User;
  readonly tokens: AuthTokens;
  /** The user as the caller who sends the new access token. */
  readonly viewer: Viewer;
}

/** Registration, signing in, refreshing tokens and signing out. */
export class AccountService {
  readonly #parts: AccountServiceParts;
  readonly #refused: RefusedSignIns;

  constructor(parts: AccountServiceParts) {
    this.#parts = parts;
    this.#refused = new RefusedSignIns(parts);
  }

  /**
   * Null where a link was mailed, which begins the account: the same for every address, in the same time. Throws UserFaultError with
   * every fault at once, RateLimitedError for too many from one network or to one address.
   */
  async register(input: NewAccount, device: Device): Promise<SignInResult | null> {
    const { db, limits, confirmsAddresses, registrations } = this.#parts;
    // Only valid input counts as an attempt: correcting a typing error should not lock out a user, and reveals nothing about others.
    const account = checkedAccount(input, this.#parts.rules);
    const network = networkOf(device.ipAddress);
    await limits.hit('register', network);
    if (!confirmsAddresses) return await this.#registerAtOnce(account, device);
    await rejectTakenName(db.sql(), account.username);
    await registrations.add(account, network);
    return null;
  }

  async #registerAtOnce(account: CheckedAccount, device: Device): Promise<SignInResult> {
    const { db, sessions, passwords, cipher, defaultRole: role } = this.#parts;
    await rejectTaken(db.sql(), account, cipher);
    const passwordHash = await passwords.hash(account.password, networkOf(device.ipAddress));
    const session = await db.transaction(async (em) => {
      const userId = await insertAccount(em, { account, passwordHash, role }, cipher);
      const opened = await sessions.open(em, userId, device);
      const target = encodeId('user', userId);
      const { ipAddress } = device;
      await appendAudit(em, { action: 'account.register', actorId: userId, target, outcome: 'SUCCESS', ipAddress });
      return opened;
    });
    return await this.signedIn(session);
  }

  /**
   * By user name or e-mail address. Throws UserFaultError INVALID_CREDENTIALS (the same for an unknown user and a wrong
   * password), ACCOUNT_LOCKED (the same for both), or INVALID_STATE for the right password of a disabled account, or of one whose
   * address is not confirmed; RateLimitedError for too many from one network, before anything is looked up or hashed.
   */
  async login(credentials: Credentials, device: Device): Promise<SignInResult> {
    const { limits } = this.#parts;
    const network = networkOf(device.ipAddress);
    const { identifier } = credentials;
    await this.#refused.recording(null, device, () => limits.hit('login', network));
    return await this.#refused.recording(identifier, device, async () => {
      await limits.hit('loginOfAccount', normalized(identifier.trim(), 'NFKC').toLowerCase(), network);
      return await this.#signIn(credentials, device);
    });
  }

  /** Exchanges a refresh token for the next one. Throws AuthError UNAUTHENTICATED; one that was used before revokes its whole family. */
  async refresh(refreshToken: string, device: Device): Promise<SignInResult> {
    await this.#parts.limits.hit('refreshTokens', networkOf(device.ipAddress));
    return await this.signedIn(await this.#parts.sessions.rotate(refreshToken, device));
  }

  /** Ends this session, or all of the user's. Returns the number of ended sessions. */
  async logout(viewer: Viewer, everywhere: boolean, device: Device): Promise<number> {
    return await this.#parts.sessions.end(viewer, everywhere, device);
  }

  /** A session of the viewer that has not ended; null for any other. */
  async findSession(viewer: Viewer, id: string): Promise<SessionView | null> {
    return await this.#parts.sessions.find(viewer, id);
  }

  /** Throws AuthError UNAUTHENTICATED where the token is invalid or has expired, or its session or user is no longer valid. */
  async viewerOf(accessToken: string): Promise<Viewer> {
    return await this.#parts.sessions.viewerOf(accessToken);
  }

  /** For operators at the command line: an account without a session, whose address counts as confirmed. Throws UserFaultError. */
  async createUser({ role, ...input }: NewAccount & { readonly role: Role }): Promise<User> {
    const { db, passwords, cipher } = this.#parts;
    const account = checkedAccount(input, this.#parts.rules);
    await rejectTaken(db.sql(), account, cipher);
    const passwordHash = await passwords.hash(account.password);
    const userId = await db.transaction(async (em) => {
      const id = await insertAccount(em, { account, passwordHash, role, emailVerified: true }, cipher);
      const act = { action: 'user.create', target: encodeId('user', id), details: { role } };
      await appendAudit(em, entryOf(COMMAND_LINE, act));
      return id;
    });
    return await db.em().findOneOrFail(User, { id: userId });
  }

  /** Creates a SUPER_ADMIN where there is none; null where there is one. Safe when several processes start at once. */
  async ensureFirstAdmin(admin: { email: string; password?: string | undefined }): Promise<FirstAdmin | null> {
    return await createFirstAdmin(this.#parts, admin);
  }

  async #signIn({ identifier, password }: Credentials, device: Device): Promise<SignInResult> {
    const { db, sessions, attempts, passwords, cipher } = this.#parts;
    const network = networkOf(device.ipAddress);
    const found = await credentialsOf(db.sql(), identifier, cipher);
    const attempt = await attempts.begin(
      db.sql(),
      { purpose: 'sign-in', of: identifier, userId: found?.userId ?? null },
      device,
    );
    const { matches, outdated } = await passwords.verify(password, found?.passwordHash ?? null, network);
    if (!found || !matches) {
      if (await this.#isUnconfirmed({ identifier, password }, network)) {
        await db.transaction((em) => this.#audit(em, { userId: null }, 'DENIED', device));
        throw unconfirmed();
      }
      await this.#signInFailed(attempt, device);
      throw wrongCredentials();
    }
    if (!found.isActive) {
      await db.transaction((em) => this.#audit(em, found, 'DENIED', device));
      throw accountDisabled();
    }
    const renewal: Renewal = { passwordHash: outdated ? await passwords.hash(password, network) : null };
    const session = await db.transaction(async (em) => {
      await attempts.succeed(sqlOf(em), attempt);
      if (!(await recordSuccess(em, found, renewal, cipher))) return null;
      const opened = await sessions.open(em, found.userId, device);
      await this.#audit(em, found, 'SUCCESS', device);
      return opened;
    });
    // Rehashed by another sign-in: read it again.
    if (!session) return await this.#signIn({ identifier, password }, device);
    await sessions.announce(session.ended);
    return await this.signedIn(session);
  }

  async #isUnconfirmed({ identifier, password }: Credentials, network: string): Promise<boolean> {
    const { confirmsAddresses, registrations } = this.#parts;
    return confirmsAddresses && (await registrations.isAwaited(identifier, password, network));
  }

  /** Of an identifier without an account the entry says nothing more: an address that was mistyped is somebody else's. */
  async #signInFailed(attempt: AttemptKey, device: Device): Promise<void> {
    await this.#parts.db.transaction(async (em) => {
      await this.#parts.attempts.fail(sqlOf(em), attempt);
      await this.#audit(em, attempt, 'FAILURE', device);
    });
  }

  async #audit(
    em: Em,
    { userId }: { readonly userId: string | null },
    outcome: AuditOutcome,
    { ipAddress }: Device,
  ): Promise<void> {
    const actorId = outcome === 'SUCCESS' ? userId : null;
    const target = userId && encodeId('user', userId);
    await appendAudit(em, { action: 'session.create', actorId, target, outcome, ipAddress });
  }

  /** The answer to a client that is signed in now. */
  async signedIn({ userId, sessionId, refreshJti }: LiveSession): Promise<SignInResult> {
    const { db, tokens } = this.#parts;
    const user = await db.em().findOneOrFail(User, { id: userId });
    const roles = sortByRank(await activeRolesOf(db.sql(), userId));
    const { username } = user;
    const tokenExpiresAt = new Date(Date.now() + ACCESS_SECONDS * 1_000);
    return {
      user,
      viewer: { userId, sessionId, username, roles, permissions: permissionsOf(roles), tokenExpiresAt },
      tokens: {
        accessToken: tokens.access({ userId, sessionId, username, roles }),
        refreshToken: tokens.refresh({ userId, sessionId, jti: refreshJti }),
        tokenType: 'Bearer',
        expiresIn: ACCESS_SECONDS,
      },
    };
  }
}

function wrongCredentials(): UserFaultError {
  return new UserFaultError({
    code: 'INVALID_CREDENTIALS',
    message: 'The user name, e-mail address or password is wrong.',
  });
}

function unconfirmed(): UserFaultError {
  return new UserFaultError({
    code: 'INVALID_STATE',
    message: 'Your e-mail address is not confirmed yet: open the link that was mailed to it, and sign in.',
  });
}

function accountDisabled(): UserFaultError {
  return new UserFaultError({ code: 'INVALID_STATE', message: 'This account is disabled: ask an administrator.' });
}
