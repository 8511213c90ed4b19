import { type AttemptLimits, mayStill } from '../../auth/attempt-limiter.ts';
import { RateLimitedError } from '../../auth/auth-error.ts';
import { networkOf } from '../../auth/client-network.ts';
import type { Device } from '../../auth/request-facts.ts';
import type { FieldCipher } from '../../auth/secrets.ts';
import type { Database } from '../../db/database.ts';
import { encodeId } from '../../ids.ts';
import { appendAudit } from '../audit/audit-store.ts';
import { UserFaultError } from '../user-fault.ts';
import { credentialsOf } from './credentials-sql.ts';

export interface RefusedSignInsParts {
  readonly db: Database;
  readonly cipher: FieldCipher;
  readonly limits: Pick<AttemptLimits, 'hit'>;
}

/**
 * Records sign-ins that are refused because there were too many, whose passwords are not checked. One entry a minute for each account and
 * network, and one for each network that has used up its own sign-ins: an attacker who goes on does not fill the audit log.
 */
export class RefusedSignIns {
  readonly #parts: RefusedSignInsParts;

  constructor(parts: RefusedSignInsParts) {
    this.#parts = parts;
  }

  /** Runs part of a sign-in. `identifier` is null where nothing is said of an account, which is not looked up then. */
  async recording<T>(identifier: string | null, device: Device, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (thrown) {
      const code = codeOf(thrown);
      if (code !== null) await this.#record(code, identifier, device);
      throw thrown;
    }
  }

  /** The same statements where the identifier has no account, of which the entry says nothing. */
  async #record(code: string, identifier: string | null, { ipAddress }: Device): Promise<void> {
    const { db, cipher, limits } = this.#parts;
    const index = identifier === null ? 'any' : cipher.emailIndex(identifier);
    if (!(await mayStill(limits, 'refusedSignInEntry', index, networkOf(ipAddress)))) return;
    const found = identifier === null ? null : await credentialsOf(db.sql(), identifier, cipher);
    const target = found ? encodeId('user', found.userId) : null;
    const details = { code };
    await db.transaction((em) =>
      appendAudit(em, { action: 'session.create', actorId: null, target, outcome: 'DENIED', ipAddress, details }),
    );
  }
}

/** Null for what is no refusal of this kind. */
function codeOf(thrown: unknown): 'RATE_LIMITED' | 'ACCOUNT_LOCKED' | null {
  if (thrown instanceof RateLimitedError) return 'RATE_LIMITED';
  const isLocked = thrown instanceof UserFaultError && thrown.faults[0]?.code === 'ACCOUNT_LOCKED';
  return isLocked ? 'ACCOUNT_LOCKED' : null;
}
