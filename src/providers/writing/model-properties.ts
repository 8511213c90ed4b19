import type { ServiceSettings } from '../../service-settings.ts';
import type { ContentProvider } from '../provider.ts';
import type { LanguageModel } from './language-model.ts';

type Properties = 'name' | 'service' | 'models' | 'paid' | 'priority' | 'concurrency';

/** What all providers that ask a language model have in common. */
export function modelProperties({
  service: { settings, models, paid },
}: LanguageModel): Pick<ContentProvider<never, never>, Properties> {
  const { name, service, priority, concurrency } = settings;
  return { name, service, models, paid, priority, concurrency };
}

/**
 * The model that the operator has chosen, else the default, and others that a request may choose. Where there is no default, the
 * model for texts analyses too.
 */
export function modelsOf(
  { models }: ServiceSettings,
  capability: 'TEXT' | 'ANALYSIS',
  ...defaults: readonly [byDefault: string, others: readonly string[]] | readonly []
): readonly string[] {
  const [byDefault, others = []] = defaults;
  const chosen = models[capability] ?? byDefault ?? models.TEXT;
  return chosen === undefined ? [] : [...new Set([chosen, ...(byDefault === undefined ? [] : [byDefault]), ...others])];
}
