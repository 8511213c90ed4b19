import { z } from 'zod';
import { AppError, type ExternalService } from '../../errors.ts';
import { SERVICE_NAMES } from '../http/refusals.ts';

export function unknownVoice(service: ExternalService): AppError {
  return new AppError(
    'UNKNOWN_VOICE',
    `${SERVICE_NAMES[service]} has no voice with this id: the query voices lists those that it has.`,
  );
}

export function unsupportedLanguage(service: ExternalService, language: string): AppError {
  return new AppError(
    'UNSUPPORTED_LANGUAGE',
    `${SERVICE_NAMES[service]} does not read "${language}" aloud with the model that is set.`,
  );
}

/** The primary subtag, with one code for the names that Norwegian, Chinese and Filipino have. */
export function primaryLanguage(tag: string): string {
  const { language } = new Intl.Locale(tag);
  return SAME.get(language) ?? language;
}

const SAME: ReadonlyMap<string, string> = new Map([
  ['nb', 'no'],
  ['nn', 'no'],
  ['cmn', 'zh'],
  ['tl', 'fil'],
]);

/** True where a voice speaks a language; a voice without languages speaks all. */
export function speaks(languages: readonly string[], language: string | undefined): boolean {
  if (language === undefined || languages.length === 0) return true;
  const wanted = primaryLanguage(language);
  return languages.some((tag) => primaryLanguage(tag) === wanted);
}

const tag = z.string().transform((text, context) => {
  try {
    return new Intl.Locale(text).toString();
  } catch {
    context.addIssue('is no language tag');
    return z.NEVER;
  }
});

/** A language tag of a service; undefined for any other text. */
export const languageTag = tag.optional().catch(undefined);
/** The address of a sample; undefined for any other text. */
export const previewAddress = z
  .url({ protocol: /^https$/ })
  .optional()
  .catch(undefined);
