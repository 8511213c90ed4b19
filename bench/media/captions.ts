// node bench/media/captions.ts [--speed 1] [--worst 3] [language ...]
// Characters a second of the captions of the corpus and the samples, by language, and the fastest ones.
import { readdir, readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { cuesFor } from '../../src/media/captions/cues.ts';
import type { Cue } from '../../src/media/film/film.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import { LocalSpeechProvider } from '../../src/providers/local/speech/local-speech-provider.ts';
import type { ScriptRequest } from '../../src/providers/ports.ts';
import { corpusText } from '../../test/corpus/corpus-text.ts';
import { row, say } from '../shared/measure.ts';

/** Characters a second that a reader of captions can follow. */
const READABLE = 20;
const CORPUS = new URL('../../test/corpus/', import.meta.url);
const SAMPLES = new URL('../../samples/', import.meta.url);
const never = new AbortController().signal;

interface Text {
  readonly language: string;
  readonly source: ScriptRequest['source'];
  readonly seconds?: number | undefined;
}

interface Caption {
  readonly language: string;
  readonly text: string;
  readonly rate: number;
}

async function main(): Promise<void> {
  const options = { speed: { type: 'string', default: '1' }, worst: { type: 'string', default: '3' } } as const;
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const texts = [...(await corpusTexts()), ...(await sampleTexts())];
  const chosen = texts.filter(({ language }) => positionals.length === 0 || positionals.includes(language));
  const captions = await captionsOf(chosen, Number(values.speed));
  row('language', 'captions', `at most ${READABLE}/s`, 'the fastest');
  for (const language of new Set(captions.map((one) => one.language)))
    printShare(
      language,
      captions.filter((one) => one.language === language),
    );
  printShare('all', captions);
  for (const language of new Set(captions.map((one) => one.language))) {
    const own = captions.filter((one) => one.language === language).toSorted((a, b) => b.rate - a.rate);
    for (const { text, rate } of own.slice(0, Number(values.worst))) say(`${language}  ${rate.toFixed(1)}  ${text}`);
  }
}

async function captionsOf(texts: readonly Text[], speed: number): Promise<Caption[]> {
  const writer = new LocalTextProvider();
  const voice = new LocalSpeechProvider();
  const captions: Caption[] = [];
  try {
    for (const { language, source, seconds } of texts) {
      const length = seconds === undefined ? {} : { targetDurationSeconds: seconds };
      const { scenes } = await writer.writeScript({ source, language, speed, ...length }, never);
      for (const { narration } of scenes) {
        const { timings } = await voice.speak({ text: narration, language, speed }, never);
        captions.push(...cuesFor(timings, narration, language).map((cue) => captionOf(cue, language)));
      }
    }
  } finally {
    await voice.close();
  }
  return captions;
}

/** The space between the lines counts, as in the guidelines of broadcasters. */
function captionOf({ lines, startSeconds, endSeconds }: Cue, language: string): Caption {
  const text = lines.join(' ');
  return { language, text, rate: Array.from(text).length / (endSeconds - startSeconds) };
}

function printShare(name: string, captions: readonly Caption[]): void {
  const readable = captions.filter(({ rate }) => rate <= READABLE).length;
  const fastest = Math.max(...captions.map(({ rate }) => rate));
  row(name, `${captions.length}`, `${((100 * readable) / captions.length).toFixed(1)} %`, fastest.toFixed(1));
}

async function corpusTexts(): Promise<Text[]> {
  const files = await readdir(CORPUS, { recursive: true });
  const names = files.filter((name) => /^[^/\\]+[/\\][\w-]+\.ts$/u.test(name)).toSorted();
  return await Promise.all(
    names.map(async (name) => {
      const file: unknown = await import(new URL(name, CORPUS).href);
      const { language, source } = z.object({ text: corpusText }).parse(file).text;
      if (source.kind !== 'scenes')
        return { language, source, seconds: 'seconds' in source ? source.seconds : undefined };
      return { language, source: { kind: source.kind, scenes: source.scenes.map((narration) => ({ narration })) } };
    }),
  );
}

async function sampleTexts(): Promise<Text[]> {
  const names = (await readdir(SAMPLES)).filter((name) => name.endsWith('.txt')).toSorted();
  return await Promise.all(
    names.map(async (name) => ({
      language: name.includes('zh-TW') ? 'zh-TW' : 'en',
      source: { kind: 'script', text: await readFile(new URL(name, SAMPLES), 'utf8') } as const,
    })),
  );
}

await main();
