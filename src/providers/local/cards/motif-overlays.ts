import { contrast } from '../../../drawing/colour.ts';
import type { Language } from '../../../language/language.ts';
import type { MotifOverlay, Overlay, Sign } from '../../../overlays/overlay.ts';
import type { ImageRequest } from '../../ports.ts';
import type { Beat } from './beats.ts';
import type { CardDesign } from './card-design.ts';
import type { ColourScheme } from './palettes.ts';
import { Random } from './random.ts';
import { signOf } from './wording/motif-signs.ts';
import { motifOf, numberOf } from './wording/scene-motif.ts';

/** A motif's size, as a share of the free circle of its scenery; the outline of an emoji is round. */
const SHARES: Readonly<Record<Sign['kind'], number>> = { number: 0.82, emoji: 1.15, icon: 1 };

/** Seconds; a motif that would be shown for less is left out. */
const SHORTEST_MOTIF = 1;

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
  { kind, hasMotif, scheme, scenery, composition }: CardDesign,
  beats: readonly Beat[],
  language: Language,
): MotifOverlay[] {
  // Where the picture has no place for one, it would stand on anything.
  if (!hasMotif) return [];
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

function clearestOn(ground: string, scheme: ColourScheme): string {
  const [clearest = scheme.ink] = [scheme.background, scheme.ink, scheme.accents[0]].toSorted(
    (a, b) => contrast(b, ground) - contrast(a, ground),
  );
  return clearest;
}
