import type { z } from 'zod';
import { AppError, type ExternalService } from '../../errors.ts';
import { SERVICE_NAMES } from '../http/refusals.ts';
import { UnusableAnswer, type Usage } from '../provider.ts';

/** What a failure after a paid answer says of it. */
export interface PaidAnswer {
  readonly service: ExternalService;
  readonly model: string;
  readonly usage: Usage;
}

/** An answer in an unknown form. The service bills what it has made. */
export function unreadable({ service, model, usage }: PaidAnswer): AppError {
  const message = `${SERVICE_NAMES[service]} answered in an unknown form.`;
  return new AppError(`${service}_API_ERROR`, message, {
    cause: new UnusableAnswer(model, usage, 'an answer in an unknown form'),
  });
}

/** The JSON of an answer in the form that the schema describes. */
export async function jsonOf<T>(response: Response, schema: z.ZodType<T>, paid: PaidAnswer): Promise<T> {
  const parsed = schema.safeParse(await response.json().catch(() => undefined));
  if (!parsed.success) throw unreadable(paid);
  return parsed.data;
}

/** The bytes of an answer that is a sound. */
export async function soundOf(
  response: Response,
  paid: PaidAnswer,
): Promise<{ readonly audio: Uint8Array; readonly contentType: string }> {
  const contentType = response.headers.get('content-type') ?? '';
  const audio = new Uint8Array(await response.arrayBuffer());
  if (!/^(?:audio\/|application\/(?:octet-stream|ogg)\b)/.test(contentType) || audio.length === 0)
    throw unreadable(paid);
  return { audio, contentType };
}

/** Bytes that are written as text. */
export function soundIn(base64: string, paid: PaidAnswer): Uint8Array {
  // Buffer ignores what is no base64: the decoder then finds no sound.
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
  if (bytes.length === 0) throw unreadable(paid);
  return bytes;
}

/** Characters as people and most services count them: code points. */
export function characterCount(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
