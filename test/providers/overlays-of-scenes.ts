import { expect } from 'vitest';
import { FontBook } from '../../src/drawing/font-book.ts';
import type { MotifOverlay, Overlay, WordsOverlay } from '../../src/overlays/overlay.ts';
import { ICONS } from '../../src/providers/local/cards/wording/motif-signs.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { imageRequest } from '../helpers/media/image-request.ts';
import { sceneOverlays } from '../helpers/media/scene-overlays.ts';

const fonts = new FontBook();

/** What lies over the picture of a scene that a voice speaks at a constant rate. */
export function overlaysOf(changes: Partial<ImageRequest> = {}): readonly Overlay[] {
  const asked = imageRequest(changes);
  return sceneOverlays(asked, constantVoice(asked.narration, asked.language), fonts);
}

export function wordsOf(changes: Partial<ImageRequest> = {}): WordsOverlay[] {
  return overlaysOf(changes).filter((overlay): overlay is WordsOverlay => overlay.kind === 'words');
}

export function headlinesOf(changes: Partial<ImageRequest> = {}): string[] {
  return wordsOf(changes).map(({ words }) => words.headline);
}

/** When its motifs appear, in seconds. */
export function startsOf(changes: Partial<ImageRequest>): number[] {
  return overlaysOf(changes).flatMap(({ kind, startSeconds }) => (kind === 'motif' ? [startSeconds] : []));
}

export function motifsOf(changes: Partial<ImageRequest> = {}): string[] {
  const motifs = overlaysOf(changes).filter((overlay): overlay is MotifOverlay => overlay.kind === 'motif');
  return motifs.map(({ sign }) => (sign.kind === 'icon' ? 'icon' : sign.text));
}

/** The emoji or the text of a motif, or the name of its icon. */
export function nameOf({ sign }: MotifOverlay): string {
  if (sign.kind !== 'icon') return sign.text;
  return Object.entries(ICONS).find(([, path]) => path === sign.path)?.[0] ?? 'unknown';
}

/** When the voice is in the middle of a word, in seconds. */
export function secondsOf(word: string, { narration, language }: ImageRequest): number {
  const at = narration.indexOf(word) + word.length / 2;
  const timing = constantVoice(narration, language).timings.find(({ textEnd }) => textEnd > at) ?? expect.fail(word);
  const share = (at - timing.textStart) / (timing.textEnd - timing.textStart);
  return timing.startSeconds + share * (timing.endSeconds - timing.startSeconds);
}
