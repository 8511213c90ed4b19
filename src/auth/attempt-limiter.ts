import { hash } from 'node:crypto';
import { RateLimitedError } from './auth-error.ts';
import { widerNetworkOf } from './client-network.ts';
import { MemoryCounter } from './memory-counter.ts';

/** Counts attempts by key. */
export interface AttemptCounter {
  /** Adds one to a counter that expires `windowSeconds` after its first hit; null, or an error, while it is unavailable. */
  count(key: string, windowSeconds: number): Promise<{ hits: number; secondsLeft: number } | null>;
}

export interface AttemptLimit {
  /** Attempts that one key may make in a window. */
  readonly limit: number;
  /** The window begins with the first attempt. */
  readonly windowSeconds: number;
}

/**
 * How often something may be tried, by name; the comment says what its key is. A network is the one of `networkOf`, a user an id.
 * Whatever sends a mail is also limited by who receives it.
 */
export const ATTEMPT_LIMITS = {
  /** Network. */
  register: { limit: 5, windowSeconds: 60 },
  /** Mailbox: an e-mail address without its `+tag`. */
  registrationMail: { limit: 3, windowSeconds: 3_600 },
  /** Network; LOGINS_PER_MINUTE replaces the limit. */
  login: { limit: 10, windowSeconds: 60 },
  /** Account identifier and network; LOGINS_PER_MINUTE replaces the limit. Wrong passwords are limited further, see `SignInAttempts`. */
  loginOfAccount: { limit: 10, windowSeconds: 60 },
  /** Account identifier and network: entries of the audit log, which are left out beyond it. */
  refusedSignInEntry: { limit: 1, windowSeconds: 60 },
  /** Network. */
  refreshTokens: { limit: 120, windowSeconds: 60 },
  /** Network. */
  requestPasswordReset: { limit: 5, windowSeconds: 60 },
  /** Mailbox. */
  passwordResetMail: { limit: 3, windowSeconds: 3_600 },
  /** Mailbox, apart from the one before: no user may use up another user's mails by asking to move there. */
  changeEmailMail: { limit: 3, windowSeconds: 3_600 },
  /** Network. */
  resetPassword: { limit: 10, windowSeconds: 60 },
  /** Network. */
  verifyEmail: { limit: 10, windowSeconds: 60 },
  /** User. */
  requestEmailVerification: { limit: 3, windowSeconds: 3_600 },
  /** User. */
  changePassword: { limit: 5, windowSeconds: 60 },
  /** User. */
  changeEmail: { limit: 5, windowSeconds: 3_600 },
  /** User. */
  deleteAccount: { limit: 5, windowSeconds: 60 },
} as const satisfies Readonly<Record<string, AttemptLimit>>;

/** All networks of an IPv6 /48, which a customer of a hosting service has for the asking, have as many attempts as ten of them. */
const WIDER_FACTOR = 10;

export type AttemptName = keyof typeof ATTEMPT_LIMITS;

export interface AttemptLimitsParts {
  /** The counter that all API processes share. */
  readonly counter: AttemptCounter;
  /** Called for each attempt that was counted in this process alone, because the counter was unavailable. */
  readonly onUnavailable: (thrown: unknown) => void;
  /** Limits that replace those of the table. */
  readonly limits?: Partial<Readonly<Record<AttemptName, AttemptLimit>>>;
  readonly now?: () => number;
}

/** Counts an attempt that is left out, and not refused, where the key has no more of them: false then. */
export async function mayStill(
  limits: Pick<AttemptLimits, 'hit'>,
  name: AttemptName,
  ...key: readonly string[]
): Promise<boolean> {
  try {
    await limits.hit(name, ...key);
    return true;
  } catch (thrown) {
    if (thrown instanceof RateLimitedError) return false;
    throw thrown;
  }
}

/** Limits attempts by name and key. While the shared counter is unavailable, each process counts for itself. */
export class AttemptLimits {
  readonly #parts: AttemptLimitsParts;
  readonly #alone: MemoryCounter;

  constructor(parts: AttemptLimitsParts) {
    this.#parts = parts;
    this.#alone = new MemoryCounter(parts.now);
  }

  /**
   * Counts an attempt. Throws RateLimitedError where the key has no more of them in this window, or the /48 of its IPv6 network. `key` says who tries, and may be
   * of any length; only its hash is stored.
   */
  async hit(name: AttemptName, ...key: readonly string[]): Promise<void> {
    const limit = this.#parts.limits?.[name] ?? ATTEMPT_LIMITS[name];
    await this.#hitOnce(name, key, limit);
    const wider = key.map(widerNetworkOf);
    if (wider.some((part, at) => part !== key[at]))
      await this.#hitOnce(name, wider, { ...limit, limit: limit.limit * WIDER_FACTOR });
  }

  async #hitOnce(name: AttemptName, key: readonly string[], { limit, windowSeconds }: AttemptLimit): Promise<void> {
    const { hits, secondsLeft } = await this.#count(`${name}:${hash('sha256', JSON.stringify(key))}`, windowSeconds);
    if (hits > limit) throw new RateLimitedError(Math.max(1, secondsLeft));
  }

  async #count(key: string, windowSeconds: number): Promise<{ hits: number; secondsLeft: number }> {
    const { counter, onUnavailable } = this.#parts;
    try {
      const counted = await counter.count(key, windowSeconds);
      if (counted) return counted;
      onUnavailable(new Error('The shared counter of attempts is unavailable.'));
    } catch (thrown) {
      onUnavailable(thrown);
    }
    return this.#alone.count(key, windowSeconds);
  }
}
