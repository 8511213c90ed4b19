import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

/** Prints the packages that are loaded before and after the first request, which no server answers. */
const PROGRAM = `
  import { registerHooks } from 'node:module';
  const loaded = new Set();
  registerHooks({ load: (url, context, next) => (loaded.add(url), next(url, context)) });
  const packages = () => [...loaded].flatMap((url) => /node_modules\\/((?:@ai-sdk\\/)?(?:ai|openai))\\//.exec(url)?.[1] ?? []);
  const { openaiLanguageModel } = await import('./src/providers/openai/language-model.ts');
  const { textGenerator } = await import('./src/providers/writing/text-generator.ts');
  const { readServiceSettings } = await import('./src/service-settings.ts');
  const env = { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
  const generator = textGenerator(openaiLanguageModel(readServiceSettings(env, []).OPENAI, 'TEXT'));
  const before = new Set(packages());
  const context = { signal: new AbortController().signal, onStarted: async () => undefined };
  await generator.call({ prompt: 'Hi', maxTokens: 20 }, context).catch(() => undefined);
  console.log(JSON.stringify({ before: [...before], after: [...new Set(packages())].toSorted() }));
`;

describe('The SDKs of language models', () => {
  it('are loaded by the first request, not by a start', async () => {
    const args = ['--input-type=module', '--no-warnings', '--eval', PROGRAM];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    expect(JSON.parse(stdout)).toEqual({ before: [], after: ['@ai-sdk/openai', 'ai'] });
  }, 60_000);
});
