/**
 * SQLSTATEs that mean that the server is unreachable or accepts no connection (PostgreSQL, appendix A:
 * class 08, 25P03, 53300, 57P01 to 57P03), and the operating system's names for the same.
 */
const UNREACHABLE_CODES =
  /^(08\w{3}|25P03|53300|57P0[1-3]|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** The driver, pg 8, gives no code when its socket is closed or the pool has no connection in time. */
const UNREACHABLE_MESSAGES =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error)/;

/** Whether an error, or one of its causes, says that the database cannot be reached. The request may then be tried again. */
export function isConnectionLost(thrown: unknown): boolean {
  if (!(thrown instanceof Error)) return false;
  if ('code' in thrown && typeof thrown.code === 'string' && UNREACHABLE_CODES.test(thrown.code)) return true;
  if (UNREACHABLE_MESSAGES.test(thrown.message)) return true;
  const inner = thrown instanceof AggregateError ? thrown.errors : [];
  return isConnectionLost(thrown.cause) || inner.some(isConnectionLost);
}
