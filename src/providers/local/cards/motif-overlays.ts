import { contrast } from '../../../drawing/colour.ts';
import { emojiIn } from '../../../drawing/emoji.ts';
import { assertedText } from '../../../language/headlines/asserted.ts';
import type { Language } from '../../../language/language.ts';
import type { MotifOverlay, Overlay, Sign } from '../../../overlays/overlay.ts';
import type { ImageRequest } from '../../ports.ts';
import type { Beat } from './beats.ts';
import type { CardDesign } from './card-design.ts';
import type { ColourScheme } from './palettes.ts';
import { Random } from './random.ts';
import { measuredMotif } from './wording/motif-measures.ts';
import { signOf } from './wording/motif-signs.ts';
import { motifFor } from './wording/motifs.ts';

/** In UTF-16 units; a thing that is named later is not the subject of the beat. */
const LONGEST_READ = 4_000;
/** A motif's size, as a share of the free circle of its scenery; the outline of an emoji is round. */
const SHARES: Readonly<Record<Sign['kind'], number>> = { number: 0.82, emoji: 1.15, icon: 1 };

/** Seconds; a motif that would be shown for less is left out. */
const SHORTEST_MOTIF = 1;

/** A number up to 99 before a heading that is no German date, or after a word for a part. */
const NUMBERED =
  /^(?:[#(]?(\d{1,2})(?:[.):、．]|[.)]:)(?=\s|[^\d\s.,:])(?!\s(?:Jan|Jän|Feb|März|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez))|(?:(?:step|part|chapter|lesson|tip|rule|reason|day|week|schritt|teil|kapitel|regel|tipp|grund|tag|woche|étape|partie|chapitre|règle|conseil|jour|paso|parte|capítulo|regla|consejo|día|passo|regra|dica|dia|capitolo|regola|consiglio|giorno)\s|第)(\d{1,2})(?![\d.,]\d|\d))/iu;

interface Shown {
  readonly sign: Sign;
  /** Equal for equal signs. */
  readonly name: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * A motif stays until the next one. Before the first one a scene shows the number of the author's heading, if that has one;
 * the title scene shows the first motif from its beginning, and the last scene nothing.
 */
export function motifOverlays(
  request: ImageRequest,
  { kind, scheme, scenery, composition }: CardDesign,
  beats: readonly Beat[],
  language: Language,
): MotifOverlay[] {
  if (kind === 'closing') return [];
  const signs: Shown[] = [];
  for (const [index, beat] of beats.entries()) {
    const source = index === 0 && kind === 'title' ? `${request.title}\n${beat.text}` : beat.text;
    const name = motifOf(source, language);
    const current = signs.at(-1);
    const { startSeconds, endSeconds } = beat;
    if (current !== undefined && (name === null || name === current.name))
      signs.splice(-1, 1, { ...current, endSeconds });
    else if (name !== null) signs.push({ sign: signOf(name), name, startSeconds, endSeconds });
  }
  const { focus } = composition;
  const unit = Math.min(request.width, request.height);
  const random = new Random(`${request.seed}/${request.index}/motif`);
  const ink = clearestOn(scenery.motifBackground(scheme), scheme);
  const overlayOf = ({ name: _, ...shown }: Shown): MotifOverlay => ({
    kind: 'motif',
    ...shown,
    centre: { x: focus.x / request.width, y: focus.y / request.height },
    reach: (focus.radius * scenery.motifScale * SHARES[shown.sign.kind]) / unit,
    toward: random.pick(['left', 'right', 'up', 'down']),
    ink,
  });
  const [first, ...later] = signs;
  const endSeconds = first?.startSeconds ?? beats.at(-1)?.endSeconds ?? 0;
  const number = kind === 'middle' ? numberOf(request.heading ?? '') : null;
  if (number !== null && (first === undefined || endSeconds >= SHORTEST_MOTIF)) {
    const sign: Sign = { kind: 'number', text: number };
    return [{ sign, name: number, startSeconds: 0, endSeconds }, ...signs].map(overlayOf);
  }
  if (first === undefined) return [];
  const isEarly = kind === 'title' || first.startSeconds < SHORTEST_MOTIF;
  return [isEarly ? { ...first, startSeconds: 0 } : first, ...later].map(overlayOf);
}

/** The number with which the author's heading begins, e.g. "3. Water it", "Step 3: Water it" or "第3步"; null if there is none. */
function numberOf(heading: string): string | null {
  const found = NUMBERED.exec(heading.trim());
  return found?.[1] ?? found?.[2] ?? null;
}

/** Motifs only where none of the other overlays, which are in order, is shown. */
export function withoutTimesOf(others: readonly Overlay[], motifs: readonly MotifOverlay[]): MotifOverlay[] {
  return motifs.flatMap((motif) => {
    const inside = others.filter((one) => one.endSeconds > motif.startSeconds && one.startSeconds < motif.endSeconds);
    if (inside.length === 0) return [motif];
    const starts = [motif.startSeconds, ...inside.map(({ endSeconds }) => endSeconds)];
    const ends = [...inside.map(({ startSeconds }) => startSeconds), motif.endSeconds];
    return starts
      .map((startSeconds, index) => ({ ...motif, startSeconds, endSeconds: ends[index] ?? startSeconds }))
      .filter(({ startSeconds, endSeconds }) => endSeconds - startSeconds >= SHORTEST_MOTIF);
  });
}

/**
 * The author's emoji, else what the text names without denying it, else what its amounts are of (a denied price is about
 * money too): an emoji or the name of an icon.
 */
export function motifOf(text: string, language: Language): string | null {
  const read = text.slice(0, LONGEST_READ);
  return emojiIn(text)[0] ?? motifFor(assertedText(read, language), language.base) ?? measuredMotif(read, language);
}

function clearestOn(ground: string, scheme: ColourScheme): string {
  const [clearest = scheme.ink] = [scheme.background, scheme.ink, scheme.accents[0]].toSorted(
    (a, b) => contrast(b, ground) - contrast(a, ground),
  );
  return clearest;
}
