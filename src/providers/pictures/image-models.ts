import type { ServiceSettings } from '../../service-settings.ts';

/** The model that the operator has chosen, else the default, and others that a request may choose. */
export function imageModels(
  { models }: ServiceSettings,
  byDefault: string,
  others: readonly string[],
): readonly [string, ...string[]] {
  const chosen = models.IMAGE ?? byDefault;
  return [chosen, ...[byDefault, ...others].filter((model) => model !== chosen)];
}
