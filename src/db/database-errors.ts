import { AppError } from '../errors.ts';

/** SQLSTATE classes that this module handles: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const UNIQUE_VIOLATION = '23505';
const LOCK_NOT_AVAILABLE = '55P03';
const QUERY_CANCELED = '57014';
const TOO_MANY_CONNECTIONS = '53300';
const OBJECT_NOT_IN_PREREQUISITE_STATE = '55000';
/**
 * Connection exceptions, a transaction that was idle for too long, wrong password, operator intervention (shutdown,
 * starting up) and too many connections.
 */
const UNREACHABLE = /^(08|25P03|28|3D|57P|53300)/;
const NETWORK = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT', 'EPIPE', 'EHOSTUNREACH', 'EAI_AGAIN']);
/** The server, or its end of the socket, closed the connection. */
const DROPPED_CODES = /^(08006|25P03|57P0[15]|ECONNRESET|EPIPE)$/;
/** The driver, pg 8, has no codes for these. */
const DROPPED = /^connection terminated( unexpectedly)?$|not queryable$/i;
const NOT_CONNECTED = /^connection terminated|timeout exceeded when trying|not queryable$/i;

const CANNOT_BE_REACHED =
  'PostgreSQL cannot be reached: check that it runs and that DATABASE_URL names its host, port, user and password.';
const FULL =
  'PostgreSQL has no connection left: stop the program that holds them, or end its sessions as a superuser (docs/operations/database.md#no-connection-left).';

/** True where the same transaction may succeed when tried again at once. */
export function isRetriable(thrown: unknown): boolean {
  return [SERIALIZATION_FAILURE, DEADLOCK_DETECTED].includes(errorCodeOf(thrown));
}

/** True where a row with the same key was there, or was committed while the insert waited. */
export function isDuplicate(thrown: unknown): boolean {
  return errorCodeOf(thrown) === UNIQUE_VIOLATION;
}

/** True where another transaction held a row for longer than `lock_timeout`. */
export function isLockTimeout(thrown: unknown): boolean {
  return errorCodeOf(thrown) === LOCK_NOT_AVAILABLE;
}

/** True where a statement ran longer than `statement_timeout`. */
export function isStatementTimeout(thrown: unknown): boolean {
  return errorCodeOf(thrown) === QUERY_CANCELED;
}

/** True where the server has no connection left, or the role or the database may have no more. */
export function isFull(thrown: unknown): boolean {
  return errorCodeOf(thrown instanceof AppError ? thrown.cause : thrown) === TOO_MANY_CONNECTIONS;
}

/** True where an extension asks the server for a library that it has not loaded. */
export function isNotLoaded(thrown: unknown): boolean {
  return errorCodeOf(thrown) === OBJECT_NOT_IN_PREREQUISITE_STATE;
}

/**
 * True where the error, or one that caused it, says that the server could not be reached or refused the connection. An AppError says by
 * its own code what has failed.
 */
export function isUnreachable(thrown: unknown): boolean {
  if (!(thrown instanceof Error) || thrown instanceof AppError) return false;
  const code = 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : '';
  if (UNREACHABLE.test(code) || NETWORK.has(code) || NOT_CONNECTED.test(thrown.message)) return true;
  // The socket of a server on this machine; a missing file has the same code.
  if (code === 'ENOENT' && 'syscall' in thrown && thrown.syscall === 'connect') return true;
  const several: readonly unknown[] = thrown instanceof AggregateError ? thrown.errors : [];
  return isUnreachable(thrown.cause) || several.some(isUnreachable);
}

/** The failure of a connection as DATABASE_CONNECTION_FAILED, with what to do; anything else as it is. */
export function connectionFailure(thrown: unknown): unknown {
  if (!isUnreachable(thrown)) return thrown;
  const message = isFull(thrown) ? FULL : CANNOT_BE_REACHED;
  return new AppError('DATABASE_CONNECTION_FAILED', message, { cause: thrown, retriable: true });
}

/** True where an open connection was ended by the other side, so that another connection may work. */
export function isDropped(thrown: unknown): boolean {
  return DROPPED_CODES.test(errorCodeOf(thrown)) || DROPPED.test(innermostMessage(thrown));
}

/** The code of the driver or of the system, such as ECONNREFUSED, also where the ORM wraps the error; empty where there is none. */
export function errorCodeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  if (thrown instanceof AggregateError) return errorCodeOf(thrown.errors[0]);
  return errorCodeOf(thrown.cause);
}

function innermostMessage(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  return thrown.cause instanceof Error ? innermostMessage(thrown.cause) : thrown.message;
}
