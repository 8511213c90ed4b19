import { describe, expect, it } from 'vitest';
import { languageOf } from '../language.ts';
import { documentOf } from './document.ts';

async function textOf(text: string, language: string): Promise<string> {
  const { blocks } = await documentOf(text, languageOf(language));
  return blocks.map((block) => block.text).join(' | ');
}

describe('Hashtags', () => {
  it.each([
    ['en', 'See you there! #travel #food', 'See you there!'],
    ['en', 'We won.\n\n#soccer #trackandfield\n#win', 'We won.'],
    ['es', 'Nos vemos en Lima. 🎉 #viajes', 'Nos vemos en Lima. 🎉'],
    ['de', 'Bis bald\n\n#Reise #Küche2026', 'Bis bald'],
    ['zh-TW', '下次見！\n#旅遊 #美食', '下次見！'],
    ['zh-CN', '下次见！\n\n#旅行##美食#', '下次见！'],
  ])('at the end of a text are left out in %s: %s', async (language, text, kept) => {
    expect(await textOf(text, language)).toBe(kept);
  });

  it.each([
    ['en', 'Our new word of the year is #courage'],
    ['en', 'She was rated #1'],
    ['en', 'Write #travel in the box. Then press the key.'],
    ['fr', '#voyage #cuisine'],
  ])('elsewhere are words of the text in %s: %s', async (language, text) => {
    expect(await textOf(text, language)).toBe(text);
  });
});
