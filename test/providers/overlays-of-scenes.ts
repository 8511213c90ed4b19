import { FontBook } from '../../src/drawing/font-book.ts';
import type { MotifOverlay, Overlay, WordsOverlay } from '../../src/overlays/overlay.ts';
import { sceneOverlays } from '../../src/providers/local/cards/scene-overlays.ts';
import type { ImageRequest } from '../../src/providers/ports.ts';
import { constantVoice } from '../helpers/media/constant-voice.ts';
import { imageRequest } from '../helpers/media/image-request.ts';

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
