import type { ServiceSettings } from '../../service-settings.ts';
import type { RefusalRules } from '../http/refusals.ts';
import { LanguageModel } from '../writing/language-model.ts';
import { modelsOf } from '../writing/model-properties.ts';

/** Inexpensive, with structured output; https://developers.openai.com/api/docs/models/gpt-6-luna */
const DEFAULT_MODEL = 'gpt-6-luna';
const OTHER_MODELS = ['gpt-6-sol'];

/** https://developers.openai.com/api/docs/guides/error-codes */
const RULES: RefusalRules = {
  contentRejected: ['invalid_prompt', 'content_policy_violation', 'content_filter'],
  quotaExceeded: [
    'insufficient_quota',
    'credit_balance_exhausted',
    'organization_spend_limit_exceeded',
    'project_spend_limit_exceeded',
    'organization_usage_limit_exceeded',
    'billing_hard_limit_reached',
  ],
};

/**
 * OpenAI's language models, through the Responses API: reasoning models are made for it, and `store: false` keeps texts of users
 * from being stored there, which it does by default.
 */
export function openaiLanguageModel(settings: ServiceSettings, capability: 'TEXT' | 'ANALYSIS'): LanguageModel {
  return new LanguageModel({
    settings,
    models: modelsOf(settings, capability, DEFAULT_MODEL, OTHER_MODELS),
    paid: true,
    rules: RULES,
    takesSchemas: 'all',
    reasoning: () => 'low',
    // A summary of its reasoning is for organizations that OpenAI has verified.
    providerOptions: { openai: { store: false, reasoningSummary: null } },
    async open(model, transport) {
      const { createOpenAI } = await import('@ai-sdk/openai');
      const baseURL = settings.baseUrl ?? 'https://api.openai.com/v1';
      return createOpenAI({ apiKey: settings.apiKey ?? '', baseURL, fetch: transport }).responses(model);
    },
  });
}
