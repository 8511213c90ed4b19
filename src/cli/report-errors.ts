import { AppError } from '../errors.ts';
import { UserFaultError } from '../services/user-fault.ts';
import { lateAnswer } from './late-answer.ts';

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
    if (isExpected) process.stderr.write(`${thrown.message}\n`);
    else process.stderr.write(`${lateText(thrown) ?? stackOf(thrown)}\n`);
  }
}

function lateText(thrown: unknown): string | undefined {
  const late = lateAnswer(thrown);
  return late === undefined ? undefined : `${late}: autovideo db`;
}

function stackOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const cause = thrown.cause === undefined ? '' : `\nbecause: ${stackOf(thrown.cause)}`;
  return `${thrown.stack ?? thrown.message}${cause}`;
}
