import { AppError } from '../errors.ts';
import { UserFaultError } from '../services/user-fault.ts';

/**
 * Runs a command; an error is printed as a sentence, and the exit code is 1, or 2 if the installation has no provider for what was
 * requested. An unexpected error is printed with its stack.
 */
export async function reportErrors(command: () => Promise<unknown>): Promise<void> {
  try {
    await command();
  } catch (thrown) {
    process.exitCode = thrown instanceof AppError && thrown.code === 'PROVIDER_UNAVAILABLE' ? 2 : 1;
    const isExpected =
      (thrown instanceof AppError && thrown.code !== 'INTERNAL_ERROR') || thrown instanceof UserFaultError;
    process.stderr.write(`${isExpected ? thrown.message : stackOf(thrown)}\n`);
  }
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? '' : `\nbecause: ${stackOf(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}${cause}`;
}
