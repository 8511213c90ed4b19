import { describe, expect, it } from 'vitest';
import { LanguageDetector } from '../../language/detection/language-detector.ts';
import { readModelFile } from '../../language/detection/model-file.ts';
import { faultsOf, type NewVideo, type ProviderAbilities } from './create-video-validation.ts';
import { languageWarnings, spokenLanguage } from './spoken-language.ts';

const GERMAN = 'Das Museum öffnet um neun und schließt, wenn der letzte Besucher gegangen ist.';
const ENGLISH = 'The museum opens at nine and closes when the last visitor leaves.';
const JAPANESE = '毎年春になると、川の水があふれて、畑に薄い泥の層が残ります。';

const finder = new LanguageDetector(readModelFile);
const speaks = (language: string) => ['en', 'de', 'zh'].includes(language.slice(0, 2));
const ABILITIES: ProviderAbilities = {
  speaks,
  languages: () => ['en', 'zh', 'de'],
  writesTopics: false,
  providerNames: () => ['local'],
  hasVoice: () => true,
  musicMoods: [],
  earlyScript: () => ({ title: () => '', silent: [] }),
};
const FORMAT = { aspectRatio: 'LANDSCAPE_16_9', resolution: 'HD_720', burnInCaptions: true } as const;

function faultsIn(input: Partial<NewVideo>) {
  const video = { ...FORMAT, ...input };
  const faults = faultsOf(video, spokenLanguage(video, finder, speaks), ABILITIES);
  return faults.map(({ code, field, message }) => [code, field?.join('.'), message]);
}

describe('The language of a video', () => {
  it('is the given one, or that of the script, the article, the topic or the scenes', () => {
    const of = (input: Partial<NewVideo>) => spokenLanguage({ ...FORMAT, ...input }, finder, speaks);
    expect(of({ script: GERMAN, language: 'fr' })).toBe('fr');
    expect(of({ script: GERMAN })).toBe('de');
    expect(of({ article: GERMAN, language: null })).toBe('de');
    expect(of({ topic: '天空為什麼是藍色的' })).toBe('zh-TW');
    expect(of({ scenes: [{ narration: '1' }, { narration: GERMAN }] })).toBe('de');
    expect(of({})).toBe('en');
  });

  it('is found in text that is not normalized', () => {
    expect(spokenLanguage({ script: GERMAN.normalize('NFD') }, finder, speaks)).toBe('de');
  });

  it('is refused with the languages that have a voice, if the text is in another', () => {
    expect(faultsIn({ script: JAPANESE })).toEqual([
      [
        'UNSUPPORTED',
        'input.language',
        'The text seems to be in Japanese (ja), which no voice here can read aloud. There are voices for English, Chinese, German; if the text is in one of these, give its language.',
      ],
    ]);
    expect(faultsIn({ script: ENGLISH, language: 'ja' })).toEqual([
      [
        'UNSUPPORTED',
        'input.language',
        'No voice here can read Japanese (ja) aloud. There are voices for English, Chinese, German.',
      ],
    ]);
  });
});

describe('A text that cannot be spoken', () => {
  it.each<[string, Partial<NewVideo>, string]>([
    ['a script of emoji', { script: '🎉🎉' }, 'input.script'],
    ['a script of punctuation', { script: '...', language: 'de' }, 'input.script'],
    ['an article of emoji', { article: '👩‍🚀 🚀', language: 'zh-TW' }, 'input.article'],
    [
      'a scene of emoji',
      { scenes: [{ narration: 'One.' }, { narration: 'Two.' }, { narration: '🎉' }] },
      'input.scenes.2.narration',
    ],
  ])('is refused with its path: %s', (_, input, path) => {
    expect(faultsIn(input)).toEqual([['INVALID', path, expect.stringContaining('no letter or digit')]]);
  });

  it.each<[string, Partial<NewVideo>, string]>([
    ['a script', { script: JAPANESE, language: 'en' }, 'input.script'],
    ['a paragraph of a script', { script: `${ENGLISH}\n\n${JAPANESE}\n\n${ENGLISH}` }, 'input.script'],
    ['an article', { article: JAPANESE, language: 'zh-TW' }, 'input.article'],
    ['a scene', { scenes: [{ narration: ENGLISH.repeat(3) }, { narration: JAPANESE }] }, 'input.scenes.1.narration'],
  ])('is refused with its path, if its script is another: %s', (_, input, path) => {
    expect(faultsIn(input)).toEqual([['UNSUPPORTED', path, expect.stringContaining('mostly Japanese kana')]]);
  });

  it.each<Partial<NewVideo>>([
    { script: 'Hi.' },
    { script: 'Hi.', language: 'zh-TW', voice: { speed: 2 } },
    { script: '2026' },
    { script: `# 東京\n\n${ENGLISH}` },
    { script: `🎉\n\n${ENGLISH}` },
    { article: `${ENGLISH} 東京` },
    { script: '我們用 GraphQL 開發這個網站。' },
  ])('is not one with a letter or a digit: %j', (input) => expect(faultsIn(input)).toEqual([]));
});

describe('A topic', () => {
  it('is refused where no text provider can write about it, with what to do', () => {
    const sentence = expect.stringMatching(/no text provider .* give a script, an article or scenes .* OPENAI_API_KEY/);
    expect(faultsIn({ topic: 'How bees find home' })).toEqual([['PROVIDER_UNAVAILABLE', 'input.topic', sentence]]);
  });
});

describe('A given language that is not that of the text', () => {
  const warningsFor = (input: Partial<NewVideo>) => languageWarnings({ ...FORMAT, ...input }, finder);

  it('is a warning that names both', () => {
    const [warning, ...more] = warningsFor({ script: GERMAN, language: 'en' });
    expect(warning).toMatchObject({ code: 'CONFLICT', field: ['input', 'language'] });
    expect(warning?.message).toMatch(/seems to be in German \(de\), and its language is given as English \(en\)/);
    expect(more).toEqual([]);
  });

  it.each<[string, Partial<NewVideo>]>([
    ['the language is left out', { script: GERMAN }],
    ['it is a topic, whose video may be in another language', { topic: GERMAN, language: 'en' }],
    ['it is the same', { script: GERMAN, language: 'de-AT' }],
    ['the text is short', { script: 'Guten Morgen', language: 'en' }],
    [
      'one of many scenes is in another',
      { scenes: [...Array(5).fill({ narration: ENGLISH }), { narration: GERMAN }], language: 'en' },
    ],
  ])('is no warning if %s', (_, input) => expect(warningsFor(input)).toEqual([]));
});
