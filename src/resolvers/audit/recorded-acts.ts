import type { GraphQLFieldResolver, GraphQLSchema } from 'graphql';
import { AuthError } from '../../auth/auth-error.ts';
import type { AuditDetails } from '../../entities/audit-entry.ts';
import type { Act } from '../../services/audit/actor.ts';
import { actorOf, type Context } from '../context.ts';

type Arguments = Readonly<Record<string, unknown>>;

/** How a mutation is recorded. */
interface RecordedAct {
  readonly action: string;
  /** The argument that names the object. */
  readonly target?: string;
  /** Further arguments that the entry contains; never a secret. */
  readonly details?: readonly string[];
}

/**
 * Every mutation that requires a permission of administrators, and users' keys for outside services. What is refused or fails is
 * recorded here for all of them; what succeeds is recorded by its service, in the transaction of the act.
 * `test/schema/recorded-acts.test.ts` fails for one that is missing.
 */
export const RECORDED_ACTS: Readonly<Record<string, RecordedAct>> = {
  grantRole: { action: 'role.grant', target: 'userId', details: ['role'] },
  revokeRole: { action: 'role.revoke', target: 'userId', details: ['role'] },
  setUserActive: { action: 'user.set_active', target: 'userId', details: ['isActive'] },
  setPlan: { action: 'plan.set', target: 'userId', details: ['plan'] },
  deleteUser: { action: 'user.delete', target: 'userId' },
  setQuota: { action: 'quota.set', target: 'userId', details: ['type', 'period', 'limit'] },
  pauseQueue: { action: 'queue.pause', target: 'queue' },
  resumeQueue: { action: 'queue.resume', target: 'queue' },
  retryFailedJobs: { action: 'queue.retry', target: 'queue' },
  clearFailedJobs: { action: 'queue.clear', target: 'queue' },
  recoverStuckVideos: { action: 'videos.recover', details: ['olderThanSeconds', 'dryRun'] },
  setProviderEnabled: { action: 'provider.set_enabled', target: 'name', details: ['enabled'] },
  acknowledgeAlert: { action: 'alert.acknowledge', target: 'id' },
  runDatabaseMaintenance: { action: 'database.maintain' },
  endIdleDatabaseSessions: { action: 'database.end_sessions', details: ['idleSeconds'] },
  startBackup: { action: 'backup.create' },
  testProvider: { action: 'provider.test', target: 'name' },
  setProviderKey: { action: 'provider_key.set', target: 'provider' },
  removeProviderKey: { action: 'provider_key.remove', target: 'provider' },
};

/** Makes the mutations of the table write to the audit log. Call it after the permissions are in force, whose refusals it records. */
export function recordActs(schema: GraphQLSchema): GraphQLSchema {
  const fields = schema.getMutationType()?.getFields() ?? {};
  for (const [name, recorded] of Object.entries(RECORDED_ACTS)) {
    const field = fields[name];
    if (field?.resolve) field.resolve = recording(field.resolve, recorded);
  }
  return schema;
}

type Resolver = GraphQLFieldResolver<unknown, Context, Arguments>;

function recording(resolve: Resolver, recorded: RecordedAct): Resolver {
  return async (source, args, context, info) => {
    const act = actOf(recorded, args);
    try {
      const result: unknown = await resolve(source, args, context, info);
      // A refusal by a permission is returned, not thrown.
      if (result instanceof Error) await recordRefusal(context, act, result);
      else if (hasUserErrors(result)) await context.services.auditLog.recordRefusal(actorOf(context), act, 'FAILURE');
      return result;
    } catch (thrown) {
      await recordRefusal(context, act, thrown);
      throw thrown;
    }
  };
}

/** What a guest is refused is not recorded: anyone could fill the log with it. Other errors are faults, which the log file has. */
async function recordRefusal(context: Context, act: Act, error: unknown): Promise<void> {
  if (!context.viewer || !(error instanceof AuthError) || error.code !== 'FORBIDDEN') return;
  await context.services.auditLog.recordRefusal(actorOf(context), act, 'DENIED');
}

function actOf({ action, target, details = [] }: RecordedAct, args: Arguments): Act {
  const named = details.flatMap((name) => {
    const value = args[name];
    return isPlain(value) ? [[name, value] as const] : [];
  });
  const object = target === undefined ? undefined : args[target];
  return {
    action,
    target: typeof object === 'string' ? object : null,
    details: named.length > 0 ? Object.fromEntries(named) : null,
  };
}

function isPlain(value: unknown): value is AuditDetails[string] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function hasUserErrors(result: unknown): boolean {
  if (typeof result !== 'object' || result === null || !('userErrors' in result)) return false;
  return Array.isArray(result.userErrors) && result.userErrors.length > 0;
}
