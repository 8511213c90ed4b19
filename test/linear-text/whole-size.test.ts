import { describe, expect, it } from 'vitest';
import { languageOf } from '../../src/language/language.ts';
import { speakingSeconds } from '../../src/language/spoken/speaking-rate.ts';
import { LocalAnalysisProvider } from '../../src/providers/local/analysis/local-analysis-provider.ts';
import { DEFAULT_ARTICLE_SECONDS } from '../../src/providers/local/script/article/condense.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import { LIMITS } from '../../src/services/videos/create-video-validation.ts';
import { superlinear } from './growth.ts';

const never = new AbortController().signal;

/** Inputs that once took minutes, hours or days at the length that the product allows. */
const ATTACKS: Readonly<Record<string, string>> = {
  'open brackets and digits': '(1111',
  'asterisks before words': '*a ',
  'underscores before words': '_a ',
  'hash signs': '# ####x\n',
  'closing quotation marks': '文。」」',
  'wide spaces before a line feed': `文${'\u3000'.repeat(500)}\n${'\u3000'.repeat(500)}x`,
  'sentences that depend on each other': 'It. ',
  'sentences of two words': 'I am. ',
  'headings of one word': '# Word\n\n',
  bullets: '- word\n',
  names: 'Anna Bell ',
  'one word without an end': 'a',
};

/** Headings are shown, not spoken. */
const SPOKEN = Object.entries(ATTACKS).filter(([, unit]) => !unit.startsWith('#'));

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** The unit repeated up to the given number of UTF-16 units. */
function textOf(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
}

function write(kind: 'article' | 'script', text: string, language: string) {
  return new LocalTextProvider().writeScript({ source: { kind, text }, language, speed: 1 }, never);
}

describe('The built-in text provider', () => {
  it.each(Object.entries(ATTACKS))('writes an article of 100,000 characters made of %s', async (_, unit) => {
    const language = unit.startsWith('文') ? 'zh-TW' : 'en';
    const script = await write('article', textOf(unit, LIMITS.article), language);
    expect(script.scenes.length).toBeGreaterThan(0);
    expect(script.scenes.every(({ narration }) => narration.trim() !== '')).toBe(true);
    const seconds = script.scenes.map(({ narration }) => speakingSeconds(narration, languageOf(language), 1));
    expect(sum(seconds)).toBeLessThan(2 * DEFAULT_ARTICLE_SECONDS);
  });

  it.each(SPOKEN)('keeps every letter of a script of 20,000 characters made of %s', async (_, unit) => {
    const text = textOf(unit, LIMITS.script);
    const { title, scenes } = await write('script', text, 'zh-TW');
    const said = scenes.map(({ narration }) => narration).join('');
    const letters = (words: string) => words.match(/\p{L}/gu)?.length ?? 0;
    expect(letters(said)).toBe(letters(text));
    expect(title).not.toBe('');
  });

  it('refuses an article of 100,000 closing quotation marks, because it has no words', async () => {
    await expect(write('article', textOf('。」」', LIMITS.article), 'zh-TW')).rejects.toThrow('no words');
  });

  it('takes linear time for a whole article of open brackets and digits', async () => {
    const task = (text: string) => write('article', text, 'en');
    expect(await superlinear(task, (length) => textOf('(1111', length), LIMITS.article)).toBeUndefined();
  });

  it('accepts a scene of 2,000 characters of wide spaces', async () => {
    const narration = `文${'\u3000'.repeat(LIMITS.narration / 2)}\n${'\u3000'.repeat(LIMITS.narration / 2 - 3)}x`;
    const request = { source: { kind: 'scenes', scenes: [{ narration }] }, language: 'zh-TW', speed: 1 } as const;
    const { scenes } = await new LocalTextProvider().writeScript(request, never);
    expect(scenes).toHaveLength(1);
  });
});

describe('The built-in analysis provider', () => {
  it.each(Object.entries(ATTACKS))('analyses narrations of 20,000 characters made of %s', async (_, unit) => {
    const narration = textOf(unit, LIMITS.script);
    const scenes = [{ narration, startSeconds: 0, durationSeconds: 60 }];
    const analysis = await new LocalAnalysisProvider().analyse({ title: 'Title', language: 'en', scenes }, never);
    expect(analysis.suggestedTitle).toBe('Title');
    expect(analysis.summary.length).toBeLessThanOrEqual(400);
  });
});
