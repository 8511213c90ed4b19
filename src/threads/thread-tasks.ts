import { FontBook } from '../drawing/font-book.ts';
import { redrawn } from '../drawing/foreign-picture.ts';
import { cuesFor } from '../media/captions/cues.ts';
import { filmCaptions, type SpokenScene } from '../media/captions/film-captions.ts';
import { SkiaCaptionPainter } from '../media/captions/skia-caption-painter.ts';
import { type CaptionOrder, CaptionTrackPainter } from '../media/clips/caption-track.ts';
import type { FilmFormat } from '../media/film/film.ts';
import { writeBed } from '../media/sound/music.ts';
import type { Ground } from '../overlays/ground.ts';
import type { OverlayOrder } from '../overlays/overlay-track.ts';
import { SkiaOverlayPainter } from '../overlays/skia-overlay-painter.ts';
import { LocalAnalysisProvider } from '../providers/local/analysis/local-analysis-provider.ts';
import { CardPainter } from '../providers/local/cards/card-painter.ts';
import { filmContexts } from '../providers/local/cards/film-contexts.ts';
import { LocalImageProvider } from '../providers/local/cards/local-image-provider.ts';
import { sceneDesign } from '../providers/local/cards/scene-overlays.ts';
import { LocalTextProvider } from '../providers/local/script/local-text-provider.ts';
import { joinSpeech, prepareSpeech } from '../providers/local/speech/speech-text.ts';
import type { AnalysisRequest, ImageRequest, ScriptRequest, SpokenNarration } from '../providers/ports.ts';

/** Never aborts: a task in a thread is stopped by ending the thread. */
const NEVER = new AbortController().signal;

/** All tasks that run in threads: text and drawing, which use only the processor. */
export function threadTasks() {
  const fonts = new FontBook();
  const textProvider = new LocalTextProvider();
  const analysisProvider = new LocalAnalysisProvider();
  const imageProvider = new LocalImageProvider();
  const captionPainter = new CaptionTrackPainter(new SkiaCaptionPainter(fonts));
  const groundPainter = new CardPainter();
  const overlayPainter = new SkiaOverlayPainter(fonts);
  return {
    writeScript: (request: ScriptRequest) => textProvider.writeScript(request, NEVER),
    analyse: (request: AnalysisRequest) => analysisProvider.analyse(request, NEVER),
    prepareSpeech,
    joinSpeech,
    draw: (request: ImageRequest) => imageProvider.draw(request, NEVER),
    checkPicture: redrawn,
    planFilm: filmContexts,
    designOverlays: ({ request, spoken }: { request: ImageRequest; spoken: SpokenNarration }) =>
      sceneDesign(request, spoken, fonts),
    drawGround: ({ ground, path }: { ground: Ground; path: string }) => groundPainter.paint(ground, path),
    paintOverlay: ({ order, path }: { order: OverlayOrder; path: string }) => overlayPainter.paint(order, path),
    paintCaptions: ({ order, path }: { order: CaptionOrder; path: string }) => captionPainter.paint(order, path),
    layOutCues: ({ scene, language }: { scene: SpokenScene; language: string }) =>
      cuesFor(scene.timings, scene.narration, language),
    layOutCaptions: ({ scenes, format }: { scenes: readonly SpokenScene[]; format: FilmFormat }) =>
      filmCaptions(scenes, format),
    composeMusic: ({ mood, path }: { mood: string; path: string }) => writeBed(mood, path, NEVER),
  };
}

export type ThreadTasks = ReturnType<typeof threadTasks>;
