/** SQLSTATE classes that we act on: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';
const LOCK_NOT_AVAILABLE = '55P03';
/** Connection exceptions, wrong password, operator intervention (shutdown, starting up) and too many connections. */
const UNREACHABLE = /^(08|28|3D|57P|53300)/;
const NETWORK = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EPIPE',
  'EHOSTUNREACH',
  'EAI_AGAIN',
  'ENOENT',
]);

/** True where the same transaction may succeed when tried again at once. */
export function isRetriable(thrown: unknown): boolean {
  return [SERIALIZATION_FAILURE, DEADLOCK_DETECTED].includes(codeOf(thrown));
}

/** True where somebody else held a row for longer than `lock_timeout`. */
export function isLockTimeout(thrown: unknown): boolean {
  return codeOf(thrown) === LOCK_NOT_AVAILABLE;
}

/** True where the server could not be reached or would not let us in. */
export function isUnreachable(thrown: unknown): boolean {
  const code = codeOf(thrown);
  return (
    UNREACHABLE.test(code) ||
    NETWORK.has(code) ||
    /connection terminated|timeout exceeded when trying/i.test(messageOf(thrown))
  );
}

/** The driver's code, also where the ORM has wrapped the error. */
function codeOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return '';
  if ('code' in thrown && typeof thrown.code === 'string') return thrown.code;
  if (thrown instanceof AggregateError) return codeOf(thrown.errors[0]);
  return codeOf(thrown.cause);
}

function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : '';
}
