import type { ServiceSettings } from '../../service-settings.ts';
import type { RefusalRules } from '../http/refusals.ts';
import { LanguageModel } from '../writing/language-model.ts';
import { modelsOf } from '../writing/model-properties.ts';

const RULES: RefusalRules = {
  contentRejected: ['content_policy_violation', 'content_filter'],
  quotaExceeded: ['insufficient_quota'],
};

/**
 * Models of a server with the Chat Completions API of OpenAI, such as Ollama, vLLM or LM Studio. Which models it has, only its
 * operator knows. The form of a reply is sent as a JSON schema and described in the instructions, since servers may ignore or refuse
 * the schema.
 */
export function openaiCompatibleLanguageModel(
  settings: ServiceSettings,
  capability: 'TEXT' | 'ANALYSIS',
): LanguageModel {
  return new LanguageModel({
    settings,
    models: modelsOf(settings, capability),
    acceptsOtherModels: true,
    // A server that asks for a key may bill; one on one's own machine has none.
    paid: settings.apiKey !== undefined,
    rules: RULES,
    takesSchemas: 'some',
    async open(model, transport) {
      const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
      const { apiKey, baseUrl: baseURL = '' } = settings;
      const key = apiKey === undefined ? {} : { apiKey };
      const name = 'openaiCompatible';
      return createOpenAICompatible({ name, baseURL, ...key, fetch: transport, supportsStructuredOutputs: true })(
        model,
      );
    },
  });
}
