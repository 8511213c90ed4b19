import type { Viewer } from '../../auth/viewer.ts';
import type { AuditDetails } from '../../entities/audit-entry.ts';
import { encodeId } from '../../ids.ts';
import type { AuditEvent } from './audit-store.ts';

/** Who does something that the audit log records. */
export interface Actor {
  /** Null for an operator at the command line. */
  readonly viewer: Viewer | null;
  readonly ipAddress: string | null;
}

/** An actor who is signed in. */
export interface SignedInActor extends Actor {
  readonly viewer: Viewer;
}

export const COMMAND_LINE: Actor = { viewer: null, ipAddress: null };

/** What was done, without who did it. */
export type Act = Pick<AuditEvent, 'action' | 'target' | 'details'>;

/** The entry for an act of this actor; that it succeeded, where nothing else is said. */
export function entryOf(
  { viewer, ipAddress }: Actor,
  { action, target = null, details }: Act,
  outcome: AuditEvent['outcome'] = 'SUCCESS',
): AuditEvent {
  const all = { ...details, ...way(viewer) };
  return {
    action,
    actorId: viewer?.userId ?? null,
    target,
    outcome,
    ipAddress,
    details: Object.keys(all).length > 0 ? all : null,
  };
}

function way(viewer: Viewer | null): AuditDetails {
  if (!viewer) return { via: 'command line' };
  return viewer.apiKeyId === undefined ? {} : { apiKey: encodeId('key', viewer.apiKeyId) };
}
