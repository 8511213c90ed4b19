import type { Block } from '../../../../language/document/block.ts';
import type { Language } from '../../../../language/language.ts';
import { joinSentences } from '../../../../language/sentences/join-sentences.ts';
import { filmSeconds, finishedSeconds } from '../../../../language/spoken/speaking-rate.ts';
import { type CodeMark, withCodeOf } from '../code-of-sentences.ts';
import type { Draft } from '../script-scenes.ts';
import { titleHeading, withSubject } from '../spoken-headings.ts';
import type { Totals } from './adjust.ts';
import { type Candidate, candidatesOf } from './candidates.ts';
import { groupIntoScenes } from './scene-groups.ts';
import { choose } from './selection.ts';

/** Default length of a condensed article, in seconds of the finished video. */
export const DEFAULT_ARTICLE_SECONDS = 60;

/**
 * Approximate length of a scene of two or three sentences, pause and fade included; only for an estimate of their
 * number.
 */
const SECONDS_A_SCENE = 13;

/**
 * Maximum number of repetitions of the choice with a corrected target, to reach the wanted length with the actual
 * scenes.
 */
const ATTEMPTS = 4;

/** An article that is hardly longer than the film is used completely. */
const HARDLY_LONGER = 1.04;

/**
 * Condenses an article to a film of about `target` seconds: its own sentences in its own order, in scenes. A shorter
 * article is used completely. No scene has sentences of two sections.
 */
export function condense(
  { blocks, title }: { readonly blocks: readonly Block[]; readonly title: string },
  language: Language,
  target: number,
  speed: number,
): Draft[] {
  const candidates = candidatesOf(blocks, language, speed, title);
  const titleText = titleHeading(blocks, language);
  const all = scenesOf(
    candidates,
    candidates.map((_, i) => i),
    { language, title: titleText },
  );
  if (secondsOf(all, language, speed) <= HARDLY_LONGER * target) return all;
  let best: { scenes: Draft[]; error: number } | undefined;
  let aim = target;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const scenes = scenesOf(candidates, choose(candidates, aim, roughly), { language, title: titleText });
    const seconds = secondsOf(scenes, language, speed);
    const error = Math.abs(seconds - target) / target;
    if (best === undefined || error < best.error) best = { scenes, error };
    if (error < 0.04) break;
    aim *= target / seconds;
  }
  return best?.scenes ?? [];
}

function secondsOf(scenes: readonly Draft[], language: Language, speed: number): number {
  return finishedSeconds(
    scenes.map(({ narration }) => narration),
    language,
    speed,
  );
}

/** The first scene of each section has its heading, which is spoken where it is its subject and not the `title`. */
function scenesOf(
  candidates: readonly Candidate[],
  chosen: readonly number[],
  { language, title }: { readonly language: Language; readonly title: string | undefined },
): Draft[] {
  let section: number | undefined;
  return groupIntoScenes(candidates, chosen).map((group) => {
    const sentences = group.flatMap((i) => candidates[i] ?? []);
    const first = sentences[0];
    const heading = first !== undefined && first.section !== section ? first.heading : undefined;
    section = first?.section;
    const block = { text: narrationOf(sentences), marks: marksIn(sentences) };
    const { text, marks } = withSubject(block, heading, { language, title, kind: first?.block.kind });
    const draft = withCodeOf(text, marks, language);
    return heading === undefined ? draft : { ...draft, heading };
  });
}

/** The code of sentences, at the ends of the sentences in their narration. */
function marksIn(sentences: readonly Candidate[]): CodeMark[] {
  return sentences.flatMap(({ code }, i) =>
    code === undefined ? [] : [{ code, at: narrationOf(sentences.slice(0, i + 1)).length - 1 }],
  );
}

/** Sentences that follow each other in a block keep what is between them. */
function narrationOf(sentences: readonly Candidate[]): string {
  const pieces: string[] = [];
  sentences.forEach((sentence, i) => {
    const before = sentences[i - 1];
    if (before?.block === sentence.block && before.index + 1 === sentence.index)
      pieces.push(`${pieces.pop() ?? ''}${before.block.text.slice(before.end, sentence.end)}`);
    else pieces.push(sentence.text);
  });
  return joinSentences(pieces);
}

function roughly({ seconds, sentences }: Totals): number {
  const scenes = Math.max(1, Math.round((seconds + 1) / SECONDS_A_SCENE));
  // Sentences inside a scene are separated by a short pause.
  return filmSeconds(seconds + 0.38 * Math.max(0, sentences - scenes), scenes);
}
