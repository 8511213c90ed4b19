import type { Config } from '../config.ts';
import { AppError } from '../errors.ts';
import type { Logger } from '../monitoring/logger.ts';
import { VERSION } from '../version.ts';
import { diagnosedSettings } from './doctor/diagnosed-settings.ts';
import { pageOfError } from './error-pages.ts';
import { openProcessLog } from './process-log.ts';
import { environment, settings } from './settings.ts';

const PORT_TAKEN = 'docs/operations/port-taken.md';

/** A step of the start. Where it fails, the log says why, as the terminal does: who looks later has only the log. */
export async function startLogged<T>(logger: Logger, step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (thrown) {
    logStartFailure(logger, thrown);
    throw thrown;
  }
}

/** The settings of a long-running process. Where they are wrong, the log that the others describe says so. Throws CONFIG_INVALID. */
export async function settingsLogged(): Promise<Config> {
  try {
    return settings();
  } catch (thrown) {
    const log = openProcessLog(diagnosedSettings(environment()).config, VERSION);
    logStartFailure(log.logger, thrown);
    await log.close();
    throw thrown;
  }
}

/** One line, written before this returns. The stack only of what is not expected. */
function logStartFailure(logger: Logger, thrown: unknown): void {
  const { code, message } = AppError.from(thrown);
  const err = code === 'INTERNAL_ERROR' ? thrown : { code, message };
  logger.fatal({ err, error_code: code, mend: mendOf(code, thrown) }, 'the process did not start');
}

function mendOf(code: string, thrown: unknown): string {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  if (cause instanceof Error && 'syscall' in cause && cause.syscall === 'listen') return PORT_TAKEN;
  // What is not expected can be anything.
  return (code === 'INTERNAL_ERROR' ? undefined : pageOfError(code)) ?? 'autovideo doctor';
}
