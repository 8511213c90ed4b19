import type { FieldCipher } from '../../../auth/secrets.ts';
import type { Database } from '../../../db/database.ts';
import { type Em, sqlOf } from '../../../db/orm.ts';
import type { Role } from '../../../entities/enums.ts';
import { encodeId } from '../../../ids.ts';
import { type Act, type Actor, entryOf } from '../../audit/actor.ts';
import { type AuditEvent, appendAudit } from '../../audit/audit-store.ts';
import { type UserFault, UserFaultError } from '../../user-fault.ts';
import { deleteAccountData } from '../account-deletion.ts';
import { isLastSuperAdmin, lockUser } from '../account-deletion-sql.ts';
import { activeRolesOf, lockFirstAdmin } from '../account-store.ts';
import type { RevocationPublisher } from '../session.service.ts';
import { endSessions, type NewPlan, removeGrant, replacePlan, writeActive, writeGrant } from './administration-sql.ts';
import { requireRankOf, requireRankOver } from './ranks.ts';

/** Code points. */
export const MAX_PROCESSOR_REFERENCE = 200;

export interface Grant {
  /** UUID. */
  readonly userId: string;
  readonly role: Role;
  /** Permanent where null or undefined. */
  readonly expiresAt?: Date | null | undefined;
}

export interface PlanChange extends Omit<NewPlan, 'endsAt'> {
  /** Does not end where null or undefined. */
  readonly endsAt?: Date | null | undefined;
  /** Names the subscription at a payment processor. It is stored encrypted, and no field shows it. */
  readonly processorReference?: string | null | undefined;
}

export interface AdministrationParts {
  readonly db: Database;
  /** Ends the open connections of sessions at once; all other changes are found by `AccessChanges`. */
  readonly notices: RevocationPublisher;
  readonly cipher: FieldCipher;
  /** Called after the plan of a user has changed, and with it their quotas. */
  readonly onPlanChanged: (userId: string) => void;
  /** Called after videos were deleted, which workers may be making. */
  readonly onVideosDeleted: (videoIds: readonly string[]) => Promise<void>;
}

/**
 * What administrators do to accounts. Each act is one transaction with its entry in the audit log. To act on a user of a higher rank, or
 * on a role above the actor's own, is FORBIDDEN. The last SUPER_ADMIN without an end stays.
 */
export class AdministrationService {
  readonly #parts: AdministrationParts;

  constructor(parts: AdministrationParts) {
    this.#parts = parts;
  }

  /** Grants a role, or changes the expiry of a granted one. Throws UserFaultError INVALID, NOT_FOUND or INVALID_STATE. */
  async grantRole(actor: Actor, { userId, role, expiresAt = null }: Grant): Promise<void> {
    rejectFaults(guestFault(role), pastFault(expiresAt, 'expiresAt'));
    requireRankOf(actor, role);
    const details = { role, expiresAt: expiresAt?.toISOString() ?? null };
    await this.#act(actor, userId, { action: 'role.grant', details }, async (em) => {
      if (role === 'SUPER_ADMIN' && expiresAt) await keepLastSuperAdmin(em, userId);
      await writeGrant(em, { userId, role, expiresAt, grantedBy: actor.viewer?.userId ?? null });
    });
  }

  /** Throws UserFaultError INVALID, NOT_FOUND, or INVALID_STATE where the user does not have the role, or must keep it. */
  async revokeRole(actor: Actor, { userId, role }: Pick<Grant, 'userId' | 'role'>): Promise<void> {
    rejectFaults(guestFault(role));
    requireRankOf(actor, role);
    await this.#act(actor, userId, { action: 'role.revoke', details: { role } }, async (em) => {
      if (role === 'SUPER_ADMIN') await keepLastSuperAdmin(em, userId);
      if (!(await removeGrant(em, userId, role))) throw invalidState('The user does not have this role.', 'role');
    });
  }

  /** The tokens of an inactive user are refused at once, and their sessions end. Throws UserFaultError NOT_FOUND or INVALID_STATE. */
  async setActive(actor: Actor, userId: string, isActive: boolean): Promise<void> {
    const action = isActive ? 'user.activate' : 'user.deactivate';
    const ended = await this.#act(actor, userId, { action }, async (em) => {
      if (!isActive) await keepLastSuperAdmin(em, userId);
      if (!(await writeActive(em, userId, isActive)))
        throw invalidState(`The user is ${isActive ? 'active' : 'inactive'} already.`, 'isActive');
      return isActive ? [] : await endSessions(em, userId);
    });
    if (ended.length > 0) await this.#parts.notices.revoked(ended);
  }

  /** Begins a plan, and closes the one before, which stays in the history. Throws UserFaultError INVALID, TOO_LONG or NOT_FOUND. */
  async setPlan(actor: Actor, { processorReference = null, endsAt = null, ...change }: PlanChange): Promise<void> {
    rejectFaults(pastFault(endsAt, 'endsAt'), referenceFault(processorReference));
    const { cipher, onPlanChanged } = this.#parts;
    const encrypt = (planId: string) =>
      processorReference === null ? null : cipher.encrypt(processorReference, processorLocation(planId));
    const details = { plan: change.plan, endsAt: endsAt?.toISOString() ?? null, autoRenew: change.autoRenew };
    await this.#act(actor, change.userId, { action: 'plan.set', details }, async (em) => {
      await replacePlan(em, { ...change, endsAt }, encrypt);
    });
    onPlanChanged(change.userId);
  }

  /** Deletes an account and all that belongs to it. Throws UserFaultError NOT_FOUND, or INVALID_STATE for the last SUPER_ADMIN. */
  async deleteUser(actor: Actor, userId: string): Promise<void> {
    const { notices, onVideosDeleted } = this.#parts;
    const deleted = await this.#act(actor, userId, { action: 'user.delete' }, async (em) => {
      await keepLastSuperAdmin(em, userId);
      return await deleteAccountData(em, userId);
    });
    await notices.revoked(deleted.sessionIds);
    await onVideosDeleted(deleted.videoIds);
  }

  /**
   * Changes an account, in one transaction with the entry in the log. Administrative acts wait for each other, so that of two
   * SUPER_ADMINs who revoke each other at once one stays.
   */
  async #act<T>(
    actor: Actor,
    userId: string,
    act: Pick<Act, 'action' | 'details'>,
    work: (em: Em) => Promise<T>,
  ): Promise<T> {
    return await this.#parts.db.transaction(async (em) => {
      await lockFirstAdmin(em);
      const rows = sqlOf(em);
      if (!(await lockUser(rows, userId))) throw noSuchUser();
      requireRankOver(actor, await activeRolesOf(rows, userId));
      const result = await work(em);
      await appendAudit(em, eventOf(actor, userId, act));
      return result;
    });
  }
}

/** Of those who delete themselves nothing stays that says who they were, as with `deleteAccount`. */
function eventOf(actor: Actor, userId: string, act: Pick<Act, 'action' | 'details'>): AuditEvent {
  const { action } = act;
  if (action === 'user.delete' && actor.viewer?.userId === userId) return { action, actorId: null, outcome: 'SUCCESS' };
  return entryOf(actor, { ...act, target: encodeId('user', userId) });
}

/** The place of an encrypted reference, which is part of its encryption. */
export const processorLocation = (planId: string) => `user_subscriptions.processor_reference:${planId}`;

async function keepLastSuperAdmin(em: Em, userId: string): Promise<void> {
  if (await isLastSuperAdmin(sqlOf(em), userId))
    throw invalidState('This is the last SUPER_ADMIN: give the role to another user first.', 'userId');
}

function rejectFaults(...faults: readonly (UserFault | null)[]): void {
  const found = faults.filter((fault) => fault !== null);
  if (found.length > 0) throw new UserFaultError(...found);
}

function guestFault(role: Role): UserFault | null {
  const message = 'GUEST is a caller who is not signed in: it is neither granted nor revoked.';
  return role === 'GUEST' ? { code: 'INVALID', message, field: ['role'] } : null;
}

function pastFault(time: Date | null, name: string): UserFault | null {
  if (!time || time.getTime() > Date.now()) return null;
  return { code: 'INVALID', message: `${name} must be in the future.`, field: [name] };
}

function referenceFault(reference: string | null): UserFault | null {
  if (reference === null || [...reference].length <= MAX_PROCESSOR_REFERENCE) return null;
  const message = `A reference may have at most ${MAX_PROCESSOR_REFERENCE} characters.`;
  return { code: 'TOO_LONG', message, field: ['processorReference'] };
}

function invalidState(message: string, field: string): UserFaultError {
  return new UserFaultError({ code: 'INVALID_STATE', message, field: [field] });
}

function noSuchUser(): UserFaultError {
  return new UserFaultError({ code: 'NOT_FOUND', message: 'There is no such user.', field: ['userId'] });
}
