import { contrast } from '../../../drawing/colour.ts';
import { withoutEnd } from '../../../language/headlines/shorten.ts';
import type { Language } from '../../../language/language.ts';
import type { ColourScheme } from '../../../overlays/ground.ts';
import type { DiscOverlay, MotifOverlay, Overlay, Sign } from '../../../overlays/overlay.ts';
import type { ImageRequest, SpokenNarration } from '../../ports.ts';
import type { Beat } from './beats.ts';
import type { CardDesign } from './card-design.ts';
import { secondsOfOffset } from './content/seconds-of-offset.ts';
import { type MotifPart, mayStay, motifParts } from './motif-parts.ts';
import { Random } from './random.ts';
import type { SceneShot } from './scene-shots.ts';
import { isQuestion, unrelatedIn } from './thing-to-see.ts';
import { type Motif, signOf } from './wording/motif-signs.ts';
import { motifFor } from './wording/motifs.ts';
import { motifOf, namedMotif, numberOf } from './wording/scene-motif.ts';

/** A motif's size, as a share of the free circle of its scenery; the outline of an emoji is round. */
const SHARES: Readonly<Record<Sign['kind'], number>> = { text: 0.82, emoji: 1.15, icon: 1 };

/** Seconds; a motif that would be shown for less is left out. */
const SHORTEST_MOTIF = 1;
/** Seconds between two motifs that share a disc, at most. */
const LONGEST_SEAM = 0.1;

interface Shown {
  readonly sign: Sign;
  /** Equal for equal signs. */
  readonly name: string;
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/**
 * A motif is shown while the text speaks of it: until the next one, or until a part of the scene that speaks of something
 * else (`mayStay`). Before the first one a scene shows the number of the author's heading, if that has one; the title scene
 * shows the first motif from its beginning, and a last scene without one nothing. Where the scene has no motif at all,
 * what its heading names is shown, else a question has a question mark. The film's subject is shown again from where the
 * request's context says so.
 */
export function motifOverlays(
  request: ImageRequest,
  shots: readonly SceneShot[],
  context: { readonly language: Language; readonly spoken: SpokenNarration },
): MotifOverlay[] {
  const [first] = shots;
  if (first === undefined || first.design.kind === 'closing') return [];
  const beats = shots.flatMap((shot) => shot.beats);
  const random = new Random(`${request.seed}/${request.index}/motif`);
  return shownMotifs(request, first.design.kind, beats, context)
    .flatMap((shown) => shots.flatMap((shot) => within(shot, shown)))
    .map(({ shown, design }) => placedMotif(request, design, shown, random));
}

/** The part of a motif's time in which a ground is there, if it is long enough. */
function within(
  { design, ...shot }: SceneShot,
  shown: Shown,
): { readonly shown: Shown; readonly design: CardDesign }[] {
  const startSeconds = Math.max(shown.startSeconds, shot.startSeconds);
  const endSeconds = Math.min(shown.endSeconds, shot.endSeconds);
  if (startSeconds === shown.startSeconds && endSeconds === shown.endSeconds) return [{ shown, design }];
  return endSeconds - startSeconds < SHORTEST_MOTIF ? [] : [{ shown: { ...shown, startSeconds, endSeconds }, design }];
}

function placedMotif(
  { width, height }: ImageRequest,
  { scheme, scenery, composition: { focus } }: CardDesign,
  { name: _, ...shown }: Shown,
  random: Random,
): MotifOverlay {
  return {
    kind: 'motif',
    ...shown,
    centre: { x: focus.x / width, y: focus.y / height },
    reach: (focus.radius * scenery.motifScale * SHARES[shown.sign.kind]) / Math.min(width, height),
    toward: random.pick(['left', 'right', 'up', 'down']),
    ink: clearestOn(scenery.motifBackground(scheme), scheme),
  };
}

/** The motifs of a scene and their times, in order. */
function shownMotifs(
  request: ImageRequest,
  kind: CardDesign['kind'],
  beats: readonly Beat[],
  { language, spoken }: { readonly language: Language; readonly spoken: SpokenNarration },
): Shown[] {
  const titled = kind === 'title' ? `${request.title}\n` : '';
  const parts = motifParts(beats, spoken, language);
  const signs = signsOf(parts, { titled, heading: request.heading ?? '', unrelated: unrelatedIn(request) }, language);
  const number = kind === 'middle' ? numberOf(request.heading ?? '') : null;
  const headed = headedOf(request, parts, language);
  if (
    number === null &&
    (signs.length === 0 || (headed.length > 0 && isHeadingOnly(parts, request.heading ?? '', language)))
  )
    signs.splice(0, signs.length, ...headed);
  endBefore(signs, subjectOf(request, parts, spoken));
  if (signs.length === 0 && number === null) signs.push(...questionsOf(parts, kind === 'title' ? request.title : ''));
  const [first, ...later] = signs;
  const endSeconds = first?.startSeconds ?? beats.at(-1)?.endSeconds ?? 0;
  if (number !== null && (first === undefined || endSeconds >= SHORTEST_MOTIF)) {
    const sign: Sign = { kind: 'text', text: number };
    return [{ sign, name: number, startSeconds: 0, endSeconds }, ...signs];
  }
  if (first === undefined) return [];
  const isEarly = kind === 'title' || first.startSeconds < SHORTEST_MOTIF;
  return [isEarly ? { ...first, startSeconds: 0 } : first, ...later];
}

/** The signs of the parts in order, equal ones that follow one another once; `titled` is a title that is shown with the first. */
function signsOf(
  parts: readonly MotifPart[],
  {
    titled,
    heading,
    unrelated,
  }: { readonly titled: string; readonly heading: string; readonly unrelated: ReadonlySet<Motif> },
  language: Language,
): Shown[] {
  const signs: Shown[] = [];
  let isShown = false;
  for (const [index, part] of parts.entries()) {
    const name = motifOf(index === 0 ? titled + part.text : part.text, language, { heading, unrelated });
    const { startSeconds, endSeconds } = part;
    const current: Shown | undefined = isShown ? signs.at(-1) : undefined;
    if (current !== undefined && (name === current.name || mayStay(current.name, part, name, language)))
      signs.splice(-1, 1, { ...current, endSeconds });
    else {
      isShown = name !== null;
      if (name !== null) signs.push({ sign: signOf(name), name, startSeconds, endSeconds });
    }
  }
  return signs;
}

/** What the author's heading names, for as long as the scene below it says nothing to see. */
function headedOf(request: ImageRequest, parts: readonly MotifPart[], language: Language): Shown[] {
  const name = namedMotif(request.heading ?? '', language, unrelatedIn(request));
  const endSeconds = parts.at(-1)?.endSeconds ?? 0;
  const denied = parts.some(
    ({ text }) => name !== null && motifFor(text, language.base) === name && motifOf(text, language) === null,
  );
  return name === null || denied ? [] : [{ sign: signOf(name), name, startSeconds: 0, endSeconds }];
}

/** True if only the heading, which is spoken first, names something. */
function isHeadingOnly([first, ...others]: readonly MotifPart[], heading: string, language: Language): boolean {
  const spoken = withoutEnd(heading.trim());
  if (first === undefined || !first.text.trimStart().startsWith(spoken)) return false;
  const texts = [first.text.trimStart().slice(spoken.length), ...others.map(({ text }) => text)];
  return texts.every((text) => motifOf(text, language) === null);
}

/** The subject of the film, from the statement on that speaks of it again. */
function subjectOf({ context }: ImageRequest, parts: readonly MotifPart[], spoken: SpokenNarration): Shown[] {
  if (context?.subject === undefined) return [];
  const { motif, start } = context.subject;
  const startSeconds = secondsOfOffset(start, spoken);
  const endSeconds = parts.at(-1)?.endSeconds ?? 0;
  if (endSeconds - startSeconds < SHORTEST_MOTIF) return [];
  return [{ sign: signOf(motif), name: motif, startSeconds, endSeconds }];
}

/** Adds what is shown to the end, unless other signs begin then; those before it end with it. */
function endBefore(signs: Shown[], [shown]: readonly Shown[]): void {
  if (shown === undefined || signs.some(({ startSeconds }) => startSeconds >= shown.startSeconds)) return;
  const before = signs.at(-1);
  if (before !== undefined)
    signs.splice(-1, 1, { ...before, endSeconds: Math.min(before.endSeconds, shown.startSeconds) });
  signs.push(shown);
}

/** A question mark over the first question of a scene that names nothing to see; `title` is shown with the first part. */
function questionsOf(parts: readonly MotifPart[], title: string): Shown[] {
  const question = parts.find(({ text }, index) => isQuestion(text) || (index === 0 && isQuestion(title)));
  if (question === undefined) return [];
  const { startSeconds, endSeconds } = question;
  return [{ sign: { kind: 'text', text: '?' }, name: '?', startSeconds, endSeconds }];
}

/** The discs behind motifs, each for as long as motifs follow one another; none if the scenery has a plain shape there. */
export function discOverlays(
  request: ImageRequest,
  { scheme, scenery, composition: { focus } }: CardDesign,
  motifs: readonly MotifOverlay[],
): DiscOverlay[] {
  const { motifDisc } = scenery;
  if (motifDisc === undefined) return [];
  const unit = Math.min(request.width, request.height);
  const discs: DiscOverlay[] = [];
  for (const { startSeconds, endSeconds, centre } of motifs) {
    const before = discs.at(-1);
    if (before !== undefined && startSeconds - before.endSeconds < LONGEST_SEAM)
      discs.splice(-1, 1, { ...before, endSeconds });
    else {
      const radius = (focus.radius * motifDisc) / unit;
      discs.push({ kind: 'disc', startSeconds, endSeconds, centre, radius, colour: scenery.motifBackground(scheme) });
    }
  }
  return discs;
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
