import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languageOf } from '../../../language/language.ts';
import { speakingSeconds } from '../../../language/spoken/speaking-rate.ts';
import type { Script, ScriptRequest, ScriptSource } from '../../ports.ts';
import { LocalTextProvider } from './local-text-provider.ts';

const provider = new LocalTextProvider();
const calm = new AbortController().signal;
const sample = (name: string) => readFileSync(new URL(`../../../../samples/${name}`, import.meta.url), 'utf8');
const squeeze = (text: string) => text.replace(/\s+/gu, '');
const narrations = (script: Script) => script.scenes.map((scene) => scene.narration);

function write(source: ScriptSource, more: Partial<Omit<ScriptRequest, 'source'>> = {}): Promise<Script> {
  return provider.writeScript({ source, language: 'en', speed: 1, ...more }, calm);
}
const script = (text: string, more: Partial<Omit<ScriptRequest, 'source'>> = {}) =>
  write({ kind: 'script', text }, more);

describe('A script', () => {
  it.each([
    ['auto-video.txt', 'en'],
    ['auto-video.zh-TW.txt', 'zh-TW'],
    ['article.txt', 'en'],
  ])('keeps every word of %s in order', async (name, language) => {
    const text = sample(name);
    expect(squeeze(narrations(await script(text, { language })).join(''))).toBe(squeeze(text));
  });

  it('is split at empty lines, with any line ends and white space', async () => {
    const text = '\uFEFFOne is\r\nhere.\r\n \t\r\nTwo.\n\n\n\nThree.\r\rFour.';
    expect(narrations(await script(text))).toEqual(['One is here.', 'Two.', 'Three.', 'Four.']);
  });

  it('joins wrapped lines with a space in English and without a space in Chinese', async () => {
    expect(narrations(await script('one\ntwo'))).toEqual(['one two']);
    const lines = ['潮水每天來兩次，月亮和太陽一起拉著海裡', '所有的水，漁民都知道。'];
    expect(narrations(await script(lines.join('\n'), { language: 'zh-TW' }))).toEqual([lines.join('')]);
  });

  it('is normalized to composed characters', async () => {
    expect(narrations(await script('Cafe\u0301 noir'))).toEqual(['Caf\u00E9 noir']);
  });

  it('splits a paragraph of more than 600 characters into even scenes at sentence ends', async () => {
    const sentence = 'The tide comes in and the tide goes out.';
    const text = Array.from({ length: 30 }, () => sentence).join(' ');
    const parts = narrations(await script(text));
    expect(parts.join(' ')).toBe(text);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(600);
      expect(part).toMatch(/\.$/u);
      expect(speakingSeconds(part, languageOf('en'), 1)).toBeLessThanOrEqual(42);
    }
    const lengths = parts.map((part) => part.length);
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThanOrEqual(sentence.length + 1);
  });

  it('does not split a paragraph that is just short enough', async () => {
    const words = Array.from({ length: 48 }, () => 'Wide open sea');
    const text = `${words.join(' ').slice(0, 598)}.`;
    expect(narrations(await script(text, { speed: 2 }))).toHaveLength(1);
    expect((await script(`${text} ${text}`, { speed: 2 })).scenes).toHaveLength(2);
  });

  it('splits a paragraph that takes more than 40 seconds to speak, and not a shorter one', async () => {
    const sentence = '潮水每天來兩次，月亮拉著海水。';
    expect((await script(sentence.repeat(8), { language: 'zh-TW' })).scenes).toHaveLength(1);
    expect((await script(sentence.repeat(12), { language: 'zh-TW' })).scenes).toHaveLength(2);
    expect((await script(sentence.repeat(12), { language: 'zh-TW', speed: 2 })).scenes).toHaveLength(1);
  });

  it.each([
    ['a sentence without end', 'en', 'and so on, '.repeat(400)],
    ['words without a comma', 'en', 'tide '.repeat(800)],
    ['one word', 'en', 'x'.repeat(5000)],
    ['Chinese without punctuation', 'zh-TW', '潮水每天來兩次'.repeat(300)],
    ['family emoji', 'en', `Families: ${'👨‍👩‍👧‍👦'.repeat(300)}`],
    ['an open quotation', 'en', '"Once upon a time. There was a sea. '.repeat(80)],
  ])('splits %s and loses nothing', async (_, language, text) => {
    const parts = narrations(await script(text, { language }));
    expect(parts.length).toBeGreaterThan(1);
    expect(squeeze(parts.join(''))).toBe(squeeze(text));
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(600);
      expect(part.isWellFormed()).toBe(true);
      expect(part).not.toMatch(/^\u200D|\u200D$/u);
    }
  });

  it('does not speak the marks of Markdown', async () => {
    const { title, scenes } = await script(
      '# The *Sea*\n\nIt is **wide**, and `deep`, see [the map](https://example.com/a_(b)).\n\n---\n\n## What lives there\n\n- Fish\n- Whales!\n\n> 2 * 3 * 4 is snake_case #tag',
    );
    expect(title).toBe('The Sea');
    expect(scenes.map((scene) => scene.narration)).toEqual([
      'It is wide, and deep, see the map.',
      'What lives there. Fish. Whales!',
      '2 * 3 * 4 is snake_case #tag',
    ]);
  });

  it('speaks a heading without text below it', async () => {
    expect(narrations(await script('# One\n\n# Two\n\nText.'))).toEqual(['One', 'Text.']);
  });

  it('keeps a paragraph of dots with its neighbour', async () => {
    expect(narrations(await script('…\n\nHello.\n\n***\n\n. . .\n\nBye.'))).toEqual(['… Hello. . . .', 'Bye.']);
  });

  it('keeps a paragraph of only emoji with its neighbour, and speaks a heading that has nothing else', async () => {
    expect(narrations(await script('🎉🎉\n\nHello.\n\n👍\n\nBye.'))).toEqual(['🎉🎉 Hello. 👍', 'Bye.']);
    expect((await script('# Bees\n\n🐝\n\nThey dance.')).scenes).toMatchObject([
      { narration: '🐝 They dance.', heading: 'Bees' },
    ]);
    expect(narrations(await script('They dance.\n\n# Thanks\n\n🎉'))).toEqual(['They dance.', 'Thanks']);
  });

  it('is refused when it has no words', async () => {
    await expect(script(' \n\n ***\n\n...')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('of 20,000 awkward characters is split within the timeout', async () => {
    // Text that takes a second would take an hour if the time grew with the square of the length.
    for (const text of [
      '。'.repeat(19_999),
      '['.repeat(19_999),
      '"('.repeat(9_999),
      ' \n\t'.repeat(6_600),
      '*a '.repeat(6_600),
    ])
      expect(narrations(await script(`${text}a`, { language: 'zh-TW' })).length).toBeGreaterThan(0);
  });

  it('is not extended or cut to a wanted length', async () => {
    const text = sample('auto-video.txt');
    expect(narrations(await script(text, { targetDurationSeconds: 10 }))).toEqual(narrations(await script(text)));
  });
});

describe('Titles', () => {
  it('are the first clause of a script without a heading', async () => {
    expect((await script('Every video begins with words. Then it goes on.')).title).toBe(
      'Every video begins with words',
    );
    expect((await script('每支影片，都從文字開始。然後…', { language: 'zh-TW' })).title).toBe('每支影片，都從文字開始');
  });

  it('are never longer than 200 characters', async () => {
    expect((await script(`# ${'long '.repeat(100)}\n\nText.`)).title.length).toBeLessThanOrEqual(200);
    expect((await script('x'.repeat(5000))).title.length).toBeLessThanOrEqual(200);
    expect((await script('海'.repeat(500), { language: 'zh-TW' })).title.length).toBeLessThanOrEqual(200);
  });
});

describe('A topic', () => {
  it('is refused, because this provider has no knowledge', async () => {
    const refused = write({ kind: 'topic', text: 'Tides' });
    await expect(refused).rejects.toMatchObject({ code: 'PROVIDER_UNAVAILABLE' });
  });
});

describe('Given scenes', () => {
  it('keep their words without marks, and only missing visual prompts are added', async () => {
    const made = await write({
      kind: 'scenes',
      scenes: [
        { narration: 'The *moon* pulls the water.', visualPrompt: 'A moon' },
        { narration: 'The ocean follows.' },
      ],
    });
    expect(narrations(made)).toEqual(['The moon pulls the water.', 'The ocean follows.']);
    expect(made.scenes[0]?.visualPrompt).toBe('A moon');
    expect(made.scenes[1]?.visualPrompt).toContain('ocean');
  });
});

describe('Visual prompts', () => {
  it('contain the significant words of the scene and the wanted style', async () => {
    const made = await script('The moon pulls on the ocean.\n\nA lighthouse warns the ships.', {
      visualStyle: 'warm watercolour',
    });
    expect(made.scenes[1]?.visualPrompt).toMatch(/lighthouse/u);
    expect(made.scenes[1]?.visualPrompt).toMatch(/, warm watercolour$/u);
    expect(made.scenes[1]?.visualPrompt).not.toMatch(/\b(?:the|a)\b/u);
  });

  it('are never empty', async () => {
    const made = await script('🎉\n\n2026\n\nIt is.');
    for (const scene of made.scenes) expect(scene.visualPrompt).not.toBe('');
  });
});

describe('The built-in text provider', () => {
  it('writes the same script for the same request', async () => {
    const request = () => write({ kind: 'article', text: sample('article.txt') }, { targetDurationSeconds: 75 });
    expect(await request()).toEqual(await request());
  });

  it('stops when it is canceled', async () => {
    const canceled = provider.writeScript(
      { source: { kind: 'script', text: 'Hello.' }, language: 'en', speed: 1 },
      AbortSignal.abort(),
    );
    await expect(canceled).rejects.toMatchObject({ code: 'CANCELED' });
  });

  it('refuses a malformed language tag', async () => {
    await expect(script('Hello.', { language: 'not a tag' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
