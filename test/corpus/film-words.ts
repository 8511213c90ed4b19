import { FontBook } from '../../src/drawing/font-book.ts';
import { cuesFor } from '../../src/media/captions/cues.ts';
import { LocalAnalysisProvider } from '../../src/providers/local/analysis/local-analysis-provider.ts';
import { LocalTextProvider } from '../../src/providers/local/script/local-text-provider.ts';
import { prepareSpeech, textFor } from '../../src/providers/local/speech/speech-text.ts';
import { builtInVoices, chooseVoice } from '../../src/providers/local/speech/voices.ts';
import type { Analysis, Script, ScriptSource } from '../../src/providers/ports.ts';
import { constantVoice, secondsPerCharacter } from '../helpers/media/constant-voice.ts';
import { sceneOverlays } from '../helpers/media/scene-overlays.ts';
import { shownLines } from '../helpers/media/shown-lines.ts';
import type { CorpusText } from './corpus-text.ts';

/** All words that the film of a text shows and says, made by the built-in providers without rendering. */
export interface FilmWords {
  readonly title: string;
  readonly narrations: readonly string[];
  /** The lines of all cards, in order. */
  readonly cards: readonly string[];
  readonly chapters: readonly string[];
  readonly tags: readonly string[];
  readonly summary: string;
  /** The lines of all captions, in order. */
  readonly captions: readonly string[];
}

const fonts = new FontBook();

export async function filmWordsOf(text: CorpusText): Promise<FilmWords> {
  const { signal } = new AbortController();
  const request = { source: sourceOf(text), language: text.language, speed: 1, ...lengthOf(text) };
  const script = await new LocalTextProvider().writeScript(request, signal);
  const analysis = await analysisOf(script, text.language, signal);
  return {
    title: script.title,
    narrations: script.scenes.map(({ narration }) => narration),
    cards: cardLines(script, text.language),
    chapters: analysis.chapters.map(({ title }) => title),
    tags: analysis.suggestedTags,
    summary: analysis.summary,
    captions: script.scenes.flatMap(({ narration }) => captionLines(narration, text.language)),
  };
}

/** What the voice is given for a passage. */
export async function spokenFormOf(passage: string, language: string): Promise<string> {
  const voice = chooseVoice(builtInVoices, language, undefined);
  const { spoken } = await prepareSpeech(textFor({ text: passage, language, speed: 1 }, voice));
  return spoken.text;
}

function sourceOf({ source }: CorpusText): ScriptSource {
  if (source.kind !== 'scenes') return { kind: source.kind, text: source.text };
  return { kind: 'scenes', scenes: source.scenes.map((narration) => ({ narration })) };
}

function lengthOf({ source }: CorpusText): { targetDurationSeconds?: number } {
  return source.kind === 'article' && source.seconds !== undefined ? { targetDurationSeconds: source.seconds } : {};
}

function cardLines({ title, scenes }: Script, language: string): string[] {
  const count = scenes.length;
  const picture = { width: 1280, height: 720, captionSafeHeight: 0, seed: 'corpus' };
  return scenes.flatMap(({ visualPrompt, ...scene }, index) => {
    const request = { ...picture, ...scene, prompt: visualPrompt, title, language, index, count };
    const overlays = sceneOverlays(request, constantVoice(scene.narration, language), fonts);
    return overlays.flatMap((overlay) => shownLines(overlay, scene.narration));
  });
}

function analysisOf({ title, scenes }: Script, language: string, signal: AbortSignal): Promise<Analysis> {
  let startSeconds = 0;
  const timed = scenes.map(({ visualPrompt: _, ...scene }) => {
    const durationSeconds = 1 + scene.narration.length * secondsPerCharacter(language);
    startSeconds += durationSeconds;
    return { ...scene, startSeconds: startSeconds - durationSeconds, durationSeconds };
  });
  return new LocalAnalysisProvider().analyse({ title, language, scenes: timed }, signal);
}

function captionLines(narration: string, language: string): string[] {
  return cuesFor(constantVoice(narration, language).timings, narration, language).flatMap(({ lines }) => lines);
}
