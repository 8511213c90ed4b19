import type { ExecutableOperation } from '../../execution/executor.ts';

/** Root fields that need no session: the way back to one, and the state of the service. Some are not in the schema yet. */
const SESSIONLESS_FIELDS: ReadonlySet<string> = new Set([
  'login',
  'register',
  'refreshTokens',
  'requestPasswordReset',
  'resetPassword',
  'verifyEmail',
  'health',
]);
const TYPE_NAME = '__typename';

/**
 * Whether an operation runs as a guest's where its token is malformed, expired or revoked. Clients attach the token that they
 * have to every request, also to the one that fetches a new token. Any other operation is refused with UNAUTHENTICATED, so
 * that its client refreshes the token; `viewer` too, which would otherwise be null without a reason.
 */
export function runsWithRejectedToken({ rootFields }: ExecutableOperation): boolean {
  const fields = [...rootFields].filter((name) => name !== TYPE_NAME);
  return fields.length > 0 && fields.every((name) => SESSIONLESS_FIELDS.has(name));
}
