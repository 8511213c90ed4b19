import { AppError, canceled } from '../../errors.ts';
import type { ServiceSettings } from '../../service-settings.ts';
import { SERVICE_NAMES } from '../http/refusals.ts';
import type { Picture } from '../ports.ts';
import { type Answer, UnusableAnswer, type Usage } from '../provider.ts';

/**
 * Decodes a picture from outside, whatever type it claims to have, and encodes it again. Rejects with an AppError for a file
 * that is no picture, is incomplete, or too large.
 */
export type CheckPicture = (bytes: Uint8Array, signal: AbortSignal) => Promise<Picture>;

export interface ReceivedPicture {
  readonly bytes: Uint8Array;
  readonly model: string;
  readonly usage: Usage;
}

/** The answer with the checked picture. Bytes that are no picture are <SERVICE>_API_ERROR, and billed. */
export async function checkedPicture(
  { service }: ServiceSettings,
  { bytes, model, usage }: ReceivedPicture,
  check: CheckPicture,
  signal: AbortSignal,
): Promise<Answer<Picture>> {
  try {
    return { content: await check(bytes, signal), model, usage };
  } catch (thrown) {
    if (signal.aborted) throw canceled(signal);
    const why = thrown instanceof AppError ? thrown.message : 'The picture could not be checked.';
    throw unusablePicture(service, new UnusableAnswer(model, usage, why));
  }
}

/** A reply that is billed and has no picture in it that can be used. */
export function unusablePicture(service: ServiceSettings['service'], cause: UnusableAnswer): AppError {
  return new AppError(`${service}_API_ERROR`, `${SERVICE_NAMES[service]} sent no usable picture. ${cause.message}`, {
    cause,
  });
}

/** The service has drawn something and withholds it by its rules: the work may be billed. */
export function rejectedPicture(service: ServiceSettings['service'], cause: UnusableAnswer): AppError {
  const message = `${SERVICE_NAMES[service]} refused the content by its rules (${cause.message}): change the text.`;
  return new AppError(`${service}_CONTENT_REJECTED`, message, { cause });
}
