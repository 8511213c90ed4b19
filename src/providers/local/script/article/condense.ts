import { joinText } from '../../../../language/clean.ts';
import type { Block } from '../../../../language/document/markdown.ts';
import type { Language } from '../../../../language/language.ts';
import { filmSeconds, finishedSeconds } from '../../../../language/spoken/speaking-rate.ts';
import type { Totals } from './adjust.ts';
import { candidatesOf } from './candidates.ts';
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

/**
 * Condenses an article to a film of about `target` seconds: its own sentences in its own order, in scenes. A shorter
 * article is used completely.
 */
export function condense(blocks: readonly Block[], language: Language, target: number, speed: number): string[] {
  const candidates = candidatesOf(blocks, language, speed);
  let best: { scenes: string[]; error: number } | undefined;
  let aim = target;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const chosen = choose(candidates, aim, roughly);
    const scenes = groupIntoScenes(candidates, chosen).map((group) =>
      joinText(group.map((i) => candidates[i]?.text ?? '')),
    );
    const seconds = finishedSeconds(scenes, language, speed);
    const error = Math.abs(seconds - target) / target;
    if (best === undefined || error < best.error) best = { scenes, error };
    if (error < 0.04) break;
    aim *= target / seconds;
  }
  return best?.scenes ?? [];
}

function roughly({ seconds, sentences }: Totals): number {
  const scenes = Math.max(1, Math.round((seconds + 1) / SECONDS_A_SCENE));
  // Sentences inside a scene are separated by a short pause.
  return filmSeconds(seconds + 0.38 * Math.max(0, sentences - scenes), scenes);
}
