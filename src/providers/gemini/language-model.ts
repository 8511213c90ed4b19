import type { ServiceSettings } from '../../service-settings.ts';
import type { RefusalRules } from '../http/refusals.ts';
import { LanguageModel } from '../writing/language-model.ts';
import { modelsOf } from '../writing/model-properties.ts';

/** Inexpensive, with structured output; https://ai.google.dev/gemini-api/docs/models */
const DEFAULT_MODEL = 'gemini-3.5-flash-lite';
const OTHER_MODELS = ['gemini-3.8-flash'];

/** https://ai.google.dev/gemini-api/docs/troubleshooting */
const RULES: RefusalRules = {
  // A wrong key is refused with 400.
  invalidKey: ['api_key_invalid', 'api_key_expired'],
  // The free tier does not exist in every country: billing has to be enabled.
  quotaExceeded: ['failed_precondition'],
};

/**
 * A picture a second, each with 258 tokens and 7 of its time; a request has at most 20 MB, in which a video takes a third more bytes than
 * it has (https://ai.google.dev/gemini-api/docs/video-understanding).
 */
const VIDEOS = { tokensPerSecond: 265, mostBytes: 12 * 1024 * 1024 };

/** Google's Gemini models, through the Gemini API's generateContent. */
export function geminiLanguageModel(settings: ServiceSettings, capability: 'TEXT' | 'ANALYSIS'): LanguageModel {
  return new LanguageModel({
    settings,
    models: modelsOf(settings, capability, DEFAULT_MODEL, OTHER_MODELS),
    paid: true,
    rules: RULES,
    takesSchemas: 'all',
    videos: VIDEOS,
    reasoning: () => 'low',
    async open(model, transport) {
      const { createGoogle } = await import('@ai-sdk/google');
      const baseURL = settings.baseUrl ?? 'https://generativelanguage.googleapis.com/v1beta';
      return createGoogle({ apiKey: settings.apiKey ?? '', baseURL, fetch: transport })(model);
    },
  });
}
