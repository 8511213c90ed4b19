import { AppError } from '../../errors.ts';

/** Why an archive is refused; nothing has been changed. */
export function refusedArchive(why: string, cause?: unknown): AppError {
  return new AppError('INVALID_INPUT', `The archive cannot be used: ${why}`, { cause });
}

export function damagedArchive(cause?: unknown): AppError {
  return refusedArchive('it is damaged or incomplete. Take an older one, or copy it again.', cause);
}
