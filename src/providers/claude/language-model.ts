import type { ServiceSettings } from '../../service-settings.ts';
import type { RefusalRules } from '../http/refusals.ts';
import { LanguageModel } from '../writing/language-model.ts';
import { modelsOf } from '../writing/model-properties.ts';

/** Inexpensive, with structured output; https://platform.claude.com/docs/en/models/haiku-5-5/overview */
const DEFAULT_MODEL = 'claude-haiku-5-5';
const OTHER_MODELS = ['claude-sonnet-5-5', 'claude-opus-5-5'];

/** https://platform.claude.com/docs/en/api/errors */
const RULES: RefusalRules = {
  quotaExceeded: ['billing_error', 'enforced_spend_limit_reached'],
  invalidKey: ['authentication_error', 'permission_error'],
};

/** Anthropic's Claude models, through the Messages API. */
export function claudeLanguageModel(settings: ServiceSettings, capability: 'TEXT' | 'ANALYSIS'): LanguageModel {
  return new LanguageModel({
    settings,
    models: modelsOf(settings, capability, DEFAULT_MODEL, OTHER_MODELS),
    paid: true,
    rules: RULES,
    takesSchemas: 'all',
    // The SDK adds what older models think to the limit of tokens: the reply could cost more than was reserved.
    reasoning: () => 'none',
    async open(model, transport) {
      const { createAnthropic } = await import('@ai-sdk/anthropic');
      const baseURL = settings.baseUrl ?? 'https://api.anthropic.com/v1';
      return createAnthropic({ apiKey: settings.apiKey ?? '', baseURL, fetch: transport })(model);
    },
  });
}
