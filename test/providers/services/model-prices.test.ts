import { describe, expect, it } from 'vitest';
import { claudeLanguageModel } from '../../../src/providers/claude/language-model.ts';
import { geminiLanguageModel } from '../../../src/providers/gemini/language-model.ts';
import { groqLanguageModel } from '../../../src/providers/groq/language-model.ts';
import { openaiLanguageModel } from '../../../src/providers/openai/language-model.ts';
import { openaiCompatibleLanguageModel } from '../../../src/providers/openai-compatible/language-model.ts';
import { PriceTable } from '../../../src/providers/prices/price-table.ts';
import { settingsOf } from './adapter-contract.ts';

const prices = PriceTable.read('data/prices.json');

describe('The price list', () => {
  it.each([
    ['OPENAI', openaiLanguageModel],
    ['CLAUDE', claudeLanguageModel],
    ['GEMINI', geminiLanguageModel],
    ['GROQ', groqLanguageModel],
  ] as const)('has every language model of %s that a request can choose', (service, modelOf) => {
    const { models, settings } = modelOf(settingsOf(service, 'http://127.0.0.1'), 'TEXT').service;
    expect(models.length).toBeGreaterThan(1);
    const million = { inputTokens: 1_000_000, outputTokens: 1_000_000 };
    for (const model of models) expect(prices.costOf(settings.name, model, million), model).toBeGreaterThan(0);
  });

  it("counts nothing for models of one's own server", () => {
    const settings = settingsOf('OPENAI_COMPATIBLE', 'http://127.0.0.1', { OPENAI_COMPATIBLE_TEXT_MODEL: 'qwen3:8b' });
    const { models } = openaiCompatibleLanguageModel(settings, 'TEXT').service;
    expect(models).toEqual(['qwen3:8b']);
    expect(openaiCompatibleLanguageModel(settings, 'ANALYSIS').service.models).toEqual(['qwen3:8b']);
    expect(prices.knows(settings.name, 'qwen3:8b')).toBe(true);
  });
});
