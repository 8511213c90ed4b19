import type { UserFault } from '../user-fault.ts';
import { cleanText, type NewVideo, type ProviderAbilities } from './create-video-validation.ts';

/** Wishes of the author for pictures that are accepted and change nothing. `language`: that of the video. */
export function pictureWarnings(
  { visualStyle, scenes }: Pick<NewVideo, 'visualStyle' | 'scenes'>,
  language: string,
  { pictureWarnings: warnings }: Pick<ProviderAbilities, 'pictureWarnings'>,
): UserFault[] {
  if (warnings === undefined) return [];
  const wishes = [
    { text: visualStyle, path: ['visualStyle'], read: warnings.ofStyle },
    ...(scenes ?? []).map(({ visualPrompt }, index) => ({
      text: visualPrompt,
      path: ['scenes', String(index), 'visualPrompt'],
      read: warnings.ofPrompt,
    })),
  ];
  return wishes.flatMap(({ text, path, read }): UserFault[] => {
    const wish = cleanText(text ?? '');
    const message = wish === '' ? null : read(wish, language);
    return message === null ? [] : [{ code: 'UNSUPPORTED', message, field: ['input', ...path] }];
  });
}
