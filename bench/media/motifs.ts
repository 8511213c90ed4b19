import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { languageOf } from '../../src/language/language.ts';
import { beatsOf } from '../../src/providers/local/cards/beats.ts';
import { designCard } from '../../src/providers/local/cards/card-design.ts';
import { filmContexts } from '../../src/providers/local/cards/film-contexts.ts';
import { motifOf } from '../../src/providers/local/cards/wording/scene-motif.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import type { ScriptSource } from '../../src/providers/ports.ts';
import { type CorpusText, corpusText } from '../../test/corpus/corpus-text.ts';
import { constantVoice } from '../../test/helpers/media/constant-voice.ts';

/**
 * Prints each beat of the corpus and the samples that has a motif, with the sentence, for a reader who judges whether it
 * is right; then, by language, how many scenes show a motif. Last scenes that name nothing are counted separately.
 * `--all` prints scenes without a motif too.
 */
const isVerbose = process.argv.includes('--all');

interface Film {
  readonly language: string;
  readonly source: ScriptSource;
}

interface Count {
  scenes: number;
  shown: number;
  closing: number;
  named: number;
}

const { signal } = new AbortController();
const counts = new Map<string, Count>();
for (const film of [...(await corpusFilms()), ...sampleFilms()]) await printFilm(film);
for (const [language, { scenes, shown, closing, named }] of counts) {
  const share = Math.round((100 * shown) / scenes);
  console.log(
    `${language.padEnd(6)} ${shown} of ${scenes} scenes show a motif (${share} %); ${named} of all ${scenes + closing} name one`,
  );
}

async function printFilm({ language, source }: Film): Promise<void> {
  const { title, scenes } = await new LocalTextProvider().writeScript({ source, language, speed: 1 }, signal);
  const count = counts.get(language) ?? { scenes: 0, shown: 0, closing: 0, named: 0 };
  counts.set(language, count);
  const contexts = filmContexts({ title, language, scenes });
  for (const [index, { narration, visualPrompt }] of scenes.entries()) {
    const picture = { width: 1280, height: 720, captionSafeHeight: 0, seed: 'motifs' };
    const place = { index, count: scenes.length, title, language, narration, prompt: visualPrompt };
    const { kind } = designCard({ ...picture, ...place });
    const beats = beatsOf(constantVoice(narration, language), languageOf(language));
    const motifs = beats.map(({ text }, at) => ({
      text: at === 0 && kind === 'title' ? `${title}\n${text}` : text,
    }));
    const { subject, unrelated } = contexts[index] ?? {};
    const hidden = { unrelated: new Set(unrelated) };
    const found = motifs.map(({ text }) => ({ text, motif: motifOf(text, languageOf(language), hidden) }));
    if (subject !== undefined) found.push({ text: narration.slice(subject.start), motif: subject.motif });
    const hasMotif = found.some(({ motif }) => motif !== null);
    if (kind === 'closing') count.closing += 1;
    else {
      count.scenes += 1;
      count.shown += hasMotif ? 1 : 0;
    }
    count.named += hasMotif ? 1 : 0;
    for (const { text, motif } of found)
      if (motif !== null || (isVerbose && !hasMotif))
        console.log(`${language.padEnd(6)} ${motif ?? '–'}\t${text.replaceAll('\n', ' / ').trim()}`);
  }
}

async function corpusFilms(): Promise<Film[]> {
  const folder = new URL('../../test/corpus/', import.meta.url);
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^[^/\\]+[/\\][\w-]+\.ts$/u.test(name),
  );
  const texts: CorpusText[] = [];
  for (const name of names.toSorted()) {
    const file: unknown = await import(new URL(name, folder).href);
    texts.push(z.object({ text: corpusText }).parse(file).text);
  }
  return texts.map(({ language, source }) => ({
    language,
    source:
      source.kind === 'scenes'
        ? { kind: 'scenes', scenes: source.scenes.map((narration) => ({ narration })) }
        : { kind: source.kind, text: source.text },
  }));
}

function sampleFilms(): Film[] {
  const sampleOf = (name: string): string => readFileSync(new URL(`../../samples/${name}`, import.meta.url), 'utf8');
  return [
    { language: 'en', source: { kind: 'script', text: sampleOf('auto-video.txt') } },
    { language: 'en', source: { kind: 'article', text: sampleOf('article.txt') } },
    { language: 'zh-TW', source: { kind: 'script', text: sampleOf('auto-video.zh-TW.txt') } },
  ];
}
