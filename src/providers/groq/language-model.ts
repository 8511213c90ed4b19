import type { ServiceSettings } from '../../service-settings.ts';
import type { RefusalRules } from '../http/refusals.ts';
import { LanguageModel } from '../writing/language-model.ts';
import { modelsOf } from '../writing/model-properties.ts';

/** Its strict schemas are certain to be kept; https://console.groq.com/docs/structured-outputs */
const DEFAULT_MODEL = 'openai/gpt-oss-120b';
const OTHER_MODELS = ['openai/gpt-oss-20b'];

/** https://console.groq.com/docs/errors and https://console.groq.com/docs/spend-limits */
const RULES: RefusalRules = {
  quotaExceeded: ['blocked_api_access'],
  // The model's reply was not in the form of the schema, or the tier has no capacity left.
  temporary: ['json_validate_failed', 'capacity_exceeded'],
};

/** Models that Groq runs, through its Chat Completions API. */
export function groqLanguageModel(settings: ServiceSettings, capability: 'TEXT' | 'ANALYSIS'): LanguageModel {
  return new LanguageModel({
    settings,
    models: modelsOf(settings, capability, DEFAULT_MODEL, OTHER_MODELS),
    paid: true,
    rules: RULES,
    // Llama and Qwen take none.
    takesSchemas: 'some',
    // Others refuse the setting.
    reasoning: (model) => (model.startsWith('openai/gpt-oss') ? 'low' : undefined),
    async open(model, transport) {
      const { createGroq } = await import('@ai-sdk/groq');
      const baseURL = settings.baseUrl ?? 'https://api.groq.com/openai/v1';
      return createGroq({ apiKey: settings.apiKey ?? '', baseURL, fetch: transport })(model);
    },
  });
}
