import { contrast, mixed } from '../../../../drawing/colour.ts';
import type { FontBook } from '../../../../drawing/font-book.ts';
import { codeSize } from '../../../../overlays/code/code-layout.ts';
import type { ColourScheme } from '../../../../overlays/ground.ts';
import type { CodeOverlay, PanelInks, WordsPlace } from '../../../../overlays/overlay.ts';
import type { SpokenNarration } from '../../../ports.ts';
import type { Beat } from '../beats.ts';
import { LONGEST_BEAT, LONGEST_STILL } from '../clauses.ts';
import { secondsOfOffset } from './seconds-of-offset.ts';

/** Seconds. Code is shown for at least so long, if its beat is longer. */
const SHORTEST_CODE = 3;
/** A headline before the code is shown for at least so long, or not at all. */
const SHORTEST_HEADLINE = 1.5;
/** Code beside the picture is at least so large, else it covers the picture: a share of the frame's shorter side. */
const COMFORTABLE = 0.034;
/** Code that covers the picture is larger by at least this factor. */
const LARGER = 1.15;
const LEGIBLE = 7;

/** Below a title, code is shown for at least so long; a shorter beat has its title on the panel. */
const SHORTEST_BELOW_TITLE = 2.2;

/**
 * When code is shown in its beat: from its sentence to the end of the beat, after the title of the film if the beat begins
 * with it (`hasTitle`) and is long enough for both. `start` is that of the sentence in the narration, in UTF-16 units.
 */
export function codeSeconds(
  { startSeconds, endSeconds }: Beat,
  { start, hasTitle }: { readonly start: number; readonly hasTitle: boolean },
  spoken: SpokenNarration,
): number {
  const afterTitle = startSeconds + SHORTEST_HEADLINE;
  if (hasTitle && endSeconds - afterTitle >= SHORTEST_BELOW_TITLE)
    return Math.max(
      afterTitle,
      Math.min(secondsOfOffset(start, spoken), endSeconds - SHORTEST_CODE),
      endSeconds - LONGEST_BEAT,
    );
  const wanted = Math.min(secondsOfOffset(start, spoken), endSeconds - SHORTEST_CODE);
  if (endSeconds - startSeconds <= LONGEST_STILL && wanted - startSeconds < SHORTEST_HEADLINE) return startSeconds;
  return Math.max(wanted, endSeconds - LONGEST_BEAT);
}

/** The first of the places where code is large enough: beside the picture or over it; null if it is legible in neither. */
export function codePlace(
  content: Pick<CodeOverlay, 'code' | 'lead'>,
  { beside, over }: { readonly beside: WordsPlace; readonly over: WordsPlace },
  { frame, fonts }: { readonly frame: { readonly width: number; readonly height: number }; readonly fonts: FontBook },
): WordsPlace | null {
  if (!fonts.coversCode(content.code)) return null;
  const unit = Math.min(frame.width, frame.height);
  const [small, large] = [beside, over].map(({ box }) =>
    codeSize(content, { width: box.width * frame.width, height: box.height * frame.height }, unit),
  );
  if (small != null && (small >= COMFORTABLE * unit || small * LARGER > (large ?? 0))) return beside;
  return large == null ? null : over;
}

/** A dark panel in the hue of the scheme, with light letters. */
export function panelInks({ background, ink, accents }: ColourScheme): PanelInks {
  const [dark = background, light = ink] = [background, ink].toSorted(
    (a, b) => contrast(a, '#000000') - contrast(b, '#000000'),
  );
  const ground = mixed(dark, '#000000', 0.55);
  const code = contrast(light, ground) >= LEGIBLE ? light : '#ffffff';
  return { ground, code, lead: accents.slice(0, 3).find((accent) => contrast(accent, ground) >= LEGIBLE) ?? code };
}
