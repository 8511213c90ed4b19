import { createHash } from 'node:crypto';
import type { LaterGround, TransitionKinds } from '../../overlays/ground.ts';
import type { WordsOverlay } from '../../overlays/overlay.ts';
import type { FrameSize, SceneMedia } from '../film/film.ts';
import { TO_FILM_COLOURS } from '../motion/picture-filters.ts';
import { overlayFrame } from './track-filters.ts';

/** How one scene's picture gives way to the next. Words and motifs have disappeared before it. */
export type Transition =
  | { readonly kind: 'fade' }
  /** The next picture pushes the previous one out of the frame. */
  | { readonly kind: 'push'; readonly toward: Direction }
  /** The next picture moves over the previous one. */
  | { readonly kind: 'cover'; readonly toward: Direction }
  /** A band of one colour ("#rrggbb") crosses the frame, and the next picture moves in behind it. */
  | { readonly kind: 'band'; readonly toward: Direction; readonly colour: string };

type Direction = 'left' | 'right' | 'up' | 'down';

const KINDS = ['push', 'cover', 'band'] as const;
const DIRECTIONS = ['left', 'right', 'up', 'down'] as const;
/** The band's length, as a share of the frame's. A longer one would leave nothing else to see. */
const BAND = 0.2;

/**
 * The transition between two scenes, always the same for the same two. Pictures of the built-in provider have flat shapes
 * and a palette, which suit motion; others cross-fade.
 */
export function transitionBetween(from: SceneMedia, to: SceneMedia): Transition {
  const colour = accentOf(to);
  if (colour === undefined || accentOf(from) === undefined) return { kind: 'fade' };
  return transitionOf(`${from.id}/${to.id}`, colour, wordsOf(to)[0]?.transitions);
}

/** The transition to the ground of a number of a scene, from 1. */
export function transitionTo({ ground, transitions }: LaterGround, sceneId: string, number: number): Transition {
  return transitionOf(`${sceneId}/ground ${number}`, ground.scheme.accents[0], transitions);
}

function transitionOf(seed: string, colour: string, kinds: TransitionKinds = KINDS): Transition {
  const [first = 0, second = 0] = createHash('sha256').update(seed).digest();
  const kind = kinds[first % kinds.length] ?? 'push';
  const toward = DIRECTIONS[second % DIRECTIONS.length] ?? 'left';
  if (kind === 'fade') return { kind };
  return kind === 'band' ? { kind, toward, colour } : { kind, toward };
}

function accentOf({ overlays = [] }: SceneMedia): string | undefined {
  return overlays.flatMap((overlay) => ('inks' in overlay && 'rule' in overlay.inks ? [overlay.inks.rule] : []))[0];
}

function wordsOf({ overlays = [] }: SceneMedia): WordsOverlay[] {
  return overlays.filter((overlay) => overlay.kind === 'words');
}

/** What a transition is made for. */
export interface TransitionFrame {
  readonly size: FrameSize;
  readonly frames: number;
  readonly frameRate: number;
  /** Adds a filter chain to the graph and returns the label of its output. */
  chain(filters: string): string;
}

/** The last filter chain of a transition between two labelled pictures; the chains before it are added to the graph. */
export function transitionFilters(transition: Transition, from: string, to: string, frame: TransitionFrame): string {
  const { size, frames, frameRate, chain } = frame;
  switch (transition.kind) {
    case 'fade':
      // xfade only supports 4:4:4: converting to it and back costs twenty times as much as this, and blurs the colours.
      return `${from}${chain(`${to}format=yuva420p,fade=in:nb_frames=${frames}:alpha=1`)}overlay=format=yuv420`;
    case 'push': {
      const { axis, isOnward } = WAYS[transition.toward];
      const [stack, room] = axis === 'x' ? ['hstack', size.width] : ['vstack', size.height];
      const share = easedShare('n', frames);
      const offset = `${room}*${isOnward ? `(1-${share})` : share}`;
      const crop = `crop=${size.width}:${size.height}:${axis === 'x' ? `'${offset}':0` : `0:'${offset}'`}`;
      return `${isOnward ? to + from : from + to}${stack},${crop}`;
    }
    case 'cover': {
      const { axis, isOnward } = WAYS[transition.toward];
      const share = easedShare(overlayFrame(frameRate), frames);
      const offset = `${axis === 'x' ? size.width : size.height}*(1-${share})`;
      return `${from}${to}overlay=${axis}='${isOnward ? '-' : ''}${offset}':format=yuv420`;
    }
    case 'band':
      return bandFilters(transition, from, to, frame);
    default:
      return transition satisfies never;
  }
}

/** The axis of a motion, and whether it goes to the right or down. */
const WAYS = {
  left: { axis: 'x', isOnward: false },
  right: { axis: 'x', isOnward: true },
  up: { axis: 'y', isOnward: false },
  down: { axis: 'y', isOnward: true },
} as const;

/** The next picture moves in directly behind the band. */
function bandFilters(
  { toward, colour }: { readonly toward: Direction; readonly colour: string },
  from: string,
  to: string,
  { size, frames, frameRate, chain }: TransitionFrame,
): string {
  const { axis, isOnward } = WAYS[toward];
  const room = axis === 'x' ? size.width : size.height;
  const length = 2 * Math.ceil((BAND * room) / 2);
  const [width, height] = axis === 'x' ? [length, size.height] : [size.width, length];
  const travelled = `${length + room}*${easedShare(overlayFrame(frameRate), frames)}`;
  const place = `${axis}='${isOnward ? `${travelled}-${length}` : `${room}-${travelled}`}'`;
  const next = `${axis}='${isOnward ? `${travelled}-${length + room}` : `${room + length}-${travelled}`}'`;
  const plain = `color=c=0x${colour.slice(1)}:s=${width}x${height}:r=${frameRate}:d=${frames / frameRate}`;
  const band = chain(`${plain},scale=${TO_FILM_COLOURS},format=yuv420p,settb=1/${frameRate},setpts=N`);
  const changed = chain(`${from}${to}overlay=${next}:format=yuv420`);
  return `${changed}${band}overlay=${place}:format=yuv420`;
}

/**
 * The share of the way at a frame, slow at both ends, as an expression of FFmpeg: above 0 at the first frame, below 1 at the
 * last.
 */
function easedShare(frame: string, frames: number): string {
  const share = `((${frame}+1)/${frames + 1})`;
  return `(${share}*${share}*(3-2*${share}))`;
}
