import { AppError } from '../../errors.ts';
import { type CreateVideoInput, type FaultFragment, VoicesDocument } from '../generated/documents.ts';
import { optionOf } from './make-options.ts';
import type { Session } from './server/session.ts';

/** The server's validation errors, each with the option that it concerns and the valid choices. */
export async function inputErrorFor(
  faults: readonly FaultFragment[],
  input: CreateVideoInput,
  session: Session,
): Promise<AppError> {
  const lines = await Promise.all(
    faults.map(async ({ field, message }) => {
      const option = optionOf(field);
      const choice = await choiceFor(option, input, session);
      return `${option === null ? '' : `${option}: `}${message}${choice}`;
    }),
  );
  const code = faults.some((fault) => fault.code === 'PROVIDER_UNAVAILABLE') ? 'PROVIDER_UNAVAILABLE' : 'INVALID_INPUT';
  return new AppError(code, lines.join('\n') || 'The server refused the video without a reason.');
}

async function choiceFor(option: string | null, { language }: CreateVideoInput, session: Session): Promise<string> {
  if (option !== '--voice' && option !== '--language') return '';
  const { voices } = await session.ask(VoicesDocument, { language: option === '--voice' ? (language ?? null) : null });
  const found = (voices ?? []).flatMap((voice) => (option === '--voice' ? [voice.id] : voice.languages));
  const distinct = [...new Set(found)].toSorted();
  return distinct.length === 0 ? '' : `\n  Available: ${distinct.join(', ')}.`;
}
