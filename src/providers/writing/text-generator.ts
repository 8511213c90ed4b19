import { AppError } from '../../errors.ts';
import { hasContent } from '../../language/clean.ts';
import { SERVICE_NAMES } from '../http/refusals.ts';
import type { TextGenerator, TextRequest } from '../ports.ts';
import { UnusableAnswer } from '../provider.ts';
import type { LanguageModel, ModelRequest } from './language-model.ts';
import { modelProperties } from './model-properties.ts';
import { mostTokens } from './tokens.ts';

/** OpenAI accepts no lower limit. */
const FEWEST_TOKENS = 16;
const OVERHEAD_TOKENS = 100;

/** Plain texts by a language model. A text that the limit of tokens ends is given as far as it was written. */
export function textGenerator(model: LanguageModel): TextGenerator {
  return {
    ...modelProperties(model),
    unsuitable: (request) => model.unsuitable(request.model),
    mostUsage: (request) => ({
      inputTokens: mostTokens(request.prompt) + OVERHEAD_TOKENS,
      outputTokens: modelRequestOf(request).outputLimit,
    }),
    async call(request, { signal }) {
      const { text, model: used, usage } = await model.ask(modelRequestOf(request), signal);
      if (hasContent(text)) return { content: plainText(text), model: used, usage };
      const { service } = model.service.settings;
      throw new AppError(`${service}_API_ERROR`, `${SERVICE_NAMES[service]} answered without a text.`, {
        cause: new UnusableAnswer(used, usage, 'the text is empty'),
      });
    },
  };
}

/** Without control characters, of which PostgreSQL stores no NUL. */
function plainText(text: string): string {
  return text
    .replace(/(?![\n\t])\p{Cc}/gu, '')
    .trim()
    .toWellFormed();
}

function modelRequestOf({ prompt, maxTokens, model }: TextRequest): ModelRequest {
  return { model, messages: [{ role: 'user', content: prompt }], outputLimit: Math.max(FEWEST_TOKENS, maxTokens) };
}
