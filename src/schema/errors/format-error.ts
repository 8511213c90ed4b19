import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AuthError, RateLimitedError } from '../../auth/auth-error.ts';
import { isUnreachable } from '../../db/database-errors.ts';
import { AppError, type ErrorCode } from '../../errors.ts';
import { UserFaultError } from '../../services/user-fault.ts';
import { isRequestFault } from './request-fault.ts';

/** Where faults of the server are logged; a pino Logger is one. */
export interface ErrorLog {
  error(facts: object, message: string): void;
}

export interface ErrorFormatContext {
  /** 32 hexadecimal digits; part of every error. */
  readonly traceId: string;
  readonly logger: ErrorLog;
}

interface Outcome {
  readonly code: string;
  readonly message: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** Logged, because it is a fault of the server, not of the caller. */
  readonly isServerFault?: boolean;
}

const MASKED: Outcome = {
  code: 'INTERNAL_SERVER_ERROR',
  message: 'Something went wrong on our side.',
  isServerFault: true,
};
const UNAVAILABLE: Outcome = {
  code: 'SERVICE_UNAVAILABLE',
  message: 'The service is not available at the moment: try again in a moment.',
  isServerFault: true,
};

/** AppErrors that a caller may read; all others are masked. */
const CODE_OF: { readonly [code in ErrorCode]?: string } = {
  INVALID_INPUT: 'BAD_USER_INPUT',
  NOT_FOUND: 'BAD_USER_INPUT',
  CURSOR_INVALID: 'BAD_USER_INPUT',
  UNSUPPORTED_LANGUAGE: 'BAD_USER_INPUT',
  UNKNOWN_VOICE: 'BAD_USER_INPUT',
  CURSOR_EXPIRED: 'CURSOR_EXPIRED',
  RATE_LIMITED: 'RATE_LIMITED',
};
const UNREACHABLE_CODES: ReadonlySet<ErrorCode> = new Set(['DATABASE_CONNECTION_FAILED', 'REDIS_CONNECTION_FAILED']);

/** Clients of automatic persisted queries look for these two codes, so they are not changed. */
const PASSED_THROUGH_CODES: ReadonlySet<unknown> = new Set([
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/**
 * The one place that formats errors, for every transport. `formatted` is GraphQL's own form, `thrown` the original error.
 * The codes are those of the API; what is not meant for the caller is masked and logged with the trace id.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  thrown: unknown,
  { traceId, logger }: ErrorFormatContext,
): GraphQLFormattedError {
  const cause = causeOf(thrown);
  const { code, message, facts, isServerFault } = outcomeOf(formatted, thrown, cause);
  if (isServerFault)
    logger.error({ err: cause, code, trace_id: traceId, path: formatted.path }, 'A GraphQL operation failed.');
  const { locations, path } = formatted;
  return {
    message,
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code, ...facts, traceId },
  };
}

/** The original error: GraphQL wraps it to add its place in the operation, sometimes twice. */
function causeOf(thrown: unknown): unknown {
  return thrown instanceof GraphQLError && thrown.originalError ? causeOf(thrown.originalError) : thrown;
}

function outcomeOf(formatted: GraphQLFormattedError, thrown: unknown, cause: unknown): Outcome {
  if (cause instanceof AuthError) return { code: cause.code, message: cause.message };
  if (cause instanceof RateLimitedError) {
    return { code: 'RATE_LIMITED', message: cause.message, facts: { retryAfterSeconds: cause.retryAfterSeconds } };
  }
  if (cause instanceof UserFaultError) return { code: 'BAD_USER_INPUT', message: cause.message };
  if (cause instanceof AppError) return outcomeOfAppError(cause);
  if (isUnreachable(cause)) return UNAVAILABLE;
  const given = formatted.extensions?.['code'];
  if (PASSED_THROUGH_CODES.has(given)) return { code: String(given), message: formatted.message };
  return isRequestFault(thrown, given) ? { code: 'BAD_USER_INPUT', message: formatted.message } : MASKED;
}

function outcomeOfAppError(error: AppError): Outcome {
  const code = CODE_OF[error.code];
  if (code) return { code, message: error.message };
  return UNREACHABLE_CODES.has(error.code) || isUnreachable(error.cause) ? UNAVAILABLE : MASKED;
}
