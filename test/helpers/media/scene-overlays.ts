import type { FontBook } from '../../../src/drawing/font-book.ts';
import type { Overlay } from '../../../src/overlays/overlay.ts';
import { sceneDesign } from '../../../src/providers/local/cards/scene-overlays.ts';
import type { ImageRequest, SpokenNarration } from '../../../src/providers/ports.ts';

/** What lies over the pictures of a scene. */
export function sceneOverlays(request: ImageRequest, spoken: SpokenNarration, fonts: FontBook): Overlay[] {
  return [...sceneDesign(request, spoken, fonts).overlays];
}
