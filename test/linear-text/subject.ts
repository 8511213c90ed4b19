import { type Pen } from '../../src/drawing/fit-text.ts';
import { FontBook } from '../../src/drawing/font-book.ts';
import { skia } from '../../src/drawing/skia.ts';
import { documentOf } from '../../src/language/document/document.ts';
import { languageOf } from '../../src/language/language.ts';
import { cuesFor } from '../../src/media/captions/cues.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import { type Mark } from '../../src/providers/voices/sound/timings.ts';
import { LIMITS } from '../../src/services/videos/create-video-validation.ts';
import { type Task } from './growth.ts';

/** An exported function as called by the test, with the length of the longest text that reaches it (UTF-16 units). */
export interface Subject {
  readonly task: Task;
  readonly limit: number;
}

/** For each export of a module how to call it, or the reason why no user text reaches it. */
export type Subjects = Readonly<Record<string, Subject | string>>;

/** Modules by path. A string applies to the whole module. */
export type SubjectsByModule = Readonly<Record<string, Subjects | string>>;

export const english = languageOf('en');
export const chinese = languageOf('zh-TW');
export const never = new AbortController().signal;
export const fonts = new FontBook();

/** A text within a code point limit may have twice as many UTF-16 units. */
export const article = (task: Task): Subject => ({ task, limit: LIMITS.article });
export const script = (task: Task): Subject => ({ task, limit: LIMITS.script });
export const narration = (task: Task): Subject => ({ task, limit: 4 * LIMITS.narration });
/** For functions that read an article but are slow for other reasons: their parts are tested with whole articles. */
export const part = (task: Task): Subject => ({ task, limit: LIMITS.article / 4 });
/** For functions over sentences, one of which is made for each character. */
export const sentences = (task: Task): Subject => ({ task, limit: LIMITS.script / 2 });
export const short = (task: Task): Subject => ({ task, limit: LIMITS.topic });

export const inBoth =
  (task: (text: string, language: typeof english) => unknown): Task =>
  async (text) => [await task(text, english), await task(text, chinese)];

export const blocksOf = async (text: string) => (await documentOf(text, english)).blocks;

/** Candidates with little work for each sentence, to test the functions over many of them. */
export const candidates = (text: string) =>
  Array.from(text, (character, index) => ({
    text: character,
    paragraph: 0,
    section: 0,
    index,
    block: { kind: 'paragraph', level: 0, text } as const,
    start: index,
    end: index + 1,
    continues: false,
    vector: new Map([[character, 1]]),
    worth: 1 + (index % 7),
    seconds: 0.4,
    isDependent: index > 0 && /[a-zＡ-ﾟ]/u.test(character),
    closes: index > 0 && /[a-e]/u.test(character),
    isEssential: /[f-j]/u.test(character),
  }));
export const measure = ({ seconds }: { readonly seconds: number }) => seconds;

export const marksIn = (text: string): Mark[] =>
  Array.from(text.matchAll(/\S/gu), ({ index }) => ({ offset: index, startSeconds: index, endSeconds: index + 1 }));
export const unitsIn = (text: string) =>
  marksIn(text).map(({ offset, startSeconds, endSeconds }) => ({
    textStart: offset,
    textEnd: offset + 1,
    startSeconds,
    endSeconds,
  }));
export const cuesIn = (text: string) => cuesFor(unitsIn(text), text, 'en');

export const timed = (text: string) => [
  { narration: text.slice(0, text.length / 2), startSeconds: 0, durationSeconds: 20 },
  { narration: text.slice(text.length / 2), startSeconds: 20, durationSeconds: 20 },
];

export const write = (kind: 'script' | 'article', language: string): Task => {
  const provider = new LocalTextProvider();
  return (text) => provider.writeScript({ source: { kind, text }, language, speed: 1 }, never);
};
export const picture = (text: string, index: number) => ({
  prompt: text.slice(0, LIMITS.visualPrompt),
  narration: text,
  title: text.slice(0, LIMITS.title),
  language: 'en',
  index,
  count: 3,
  seed: 'seed',
  width: 320,
  height: 180,
  captionSafeHeight: 0,
});
export const pen = (): Pen => ({ ctx: skia().createCanvas(320, 180).getContext('2d'), fonts });
export const lineMeasure = (text: string) => text.length;
export const input = (text: string) =>
  ({
    article: text,
    title: text,
    tags: [text],
    language: 'en',
    aspectRatio: 'LANDSCAPE_16_9',
    resolution: 'HD_720',
    burnInCaptions: true,
  }) as const;
export const abilities = {
  speaks: () => true,
  languages: () => ['en'],
  writesTopics: true,
  providerNames: () => ['local'],
  hasVoice: () => true,
  earlyScript: () => ({ title: () => '', silent: [] }),
  musicMoods: [],
};

export const NUMBERS = 'takes numbers';
export const DRAWS = 'draws shapes; words come from layOutCardWords';
export const PROCESS = 'talks to the speech program; its texts come from the functions above';
