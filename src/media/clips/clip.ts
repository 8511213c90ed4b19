import { createHash } from 'node:crypto';
import type { Overlay } from '../../overlays/overlay.ts';
import type { Cue, FilmFormat, PresenterMedia, SceneMedia } from '../film/film.ts';
import { bodyRange, type FrameRange, type ScenePosition, sceneFrames } from '../film/film-plan.ts';
import { type PresenterPlace, presenterPlace } from '../presenter/presenter-place.ts';
import { CLIP_VERSION } from './encoder.ts';
import { type Opening, ScenePictures, type Shot } from './scene-pictures.ts';
import { transitionBetween } from './transition.ts';

/** A cue and the frames of its clip, [start, end), that show it. */
export interface ClipCue {
  readonly cue: Cue;
  readonly range: FrameRange;
  /** The frame of the clip at which the narration begins; negative where it begins before the clip. */
  readonly narrationFrame: number;
}

/** An overlay and the frames that show it, [start, end), counted from the clip's first: it may begin before the clip. */
export interface ClipOverlay {
  readonly overlay: Overlay;
  readonly range: FrameRange;
  /** False if the film ends with it. */
  readonly leaves: boolean;
}

/** A range of frames of a scene's presenter, and where they are. */
export interface ClipPresenter extends Omit<PresenterMedia, 'path' | 'layout'> {
  readonly presenterPath: string;
  readonly place: PresenterPlace;
  readonly isWhole: boolean;
  readonly range: FrameRange;
}

/** A part of one scene. */
export interface BodyClip {
  readonly kind: 'body';
  readonly frames: number;
  readonly shot: Shot;
  /** In a scene's later clips; nothing lies over the pictures meanwhile but captions. */
  readonly opening?: Opening;
  readonly presenter?: ClipPresenter;
  readonly overlays: readonly ClipOverlay[];
  readonly cues: readonly ClipCue[];
}

/** The transition from one scene to the next. */
export interface SeamClip extends Opening {
  readonly kind: 'seam';
  readonly to: Shot;
  /** They cross-fade at their place while the pictures behind them change. */
  readonly presenters?: { readonly from: ClipPresenter; readonly to: ClipPresenter };
}

/** The content of one clip: a scene by itself, or the transition from one to the next, without overlays. */
export type Clip = BodyClip | SeamClip;

/** The clips of the frames that belong to one scene only: one for each of its pictures. */
export function bodyClips(scene: SceneMedia, position: ScenePosition, format: FilmFormat): BodyClip[] {
  const whole = wholeScene(scene, position, format);
  return whole.pictures.parted(whole.shown).map((range) => sceneClip(scene, whole, range, format));
}

/**
 * The few extra frames of the last scene that make the film's length exact; without captions, as there is no speech.
 */
export function endingClip(scene: SceneMedia, range: FrameRange, format: FilmFormat): BodyClip {
  const pictures = new ScenePictures(scene, range.start, format);
  return sceneClip(scene, { pictures, shown: { start: 0, end: range.start }, isLast: true }, range, format);
}

/** A frame of a scene without captions, in which its first words are complete. */
export function posterClip(scene: SceneMedia, position: ScenePosition, format: FilmFormat): BodyClip {
  const { leadFrames, frameRate } = format.rhythm;
  const whole = wholeScene(scene, position, format);
  const words = scene.overlays?.find(({ kind }) => kind === 'words');
  const end = words === undefined ? scene.narrationSeconds : Math.min(words.endSeconds, scene.narrationSeconds);
  const middle = leadFrames + Math.floor((end / 2) * frameRate);
  const alone = whole.pictures.aloneAt(whole.shown.start, whole.shown);
  const start = Math.min(alone.end - 1, Math.max(alone.start, middle));
  return { ...sceneClip(scene, whole, { start, end: start + 1 }, format), cues: [] };
}

/** The clip of the transition between two neighbours of a film with more than one scene. */
export function seamClip(from: SceneMedia, to: SceneMedia, format: FilmFormat): SeamClip {
  const { rhythm } = format;
  // The position of the two in the film does not matter: a scene with a neighbour has the same length anywhere.
  const position = { index: 0, count: 2 };
  const fromFrames = sceneFrames(from.narrationSeconds, position, rhythm);
  const toFrames = sceneFrames(to.narrationSeconds, position, rhythm);
  const end = { start: fromFrames - rhythm.fadeFrames, end: fromFrames };
  const beginning = { start: 0, end: rhythm.fadeFrames };
  const [before, after] = [clipPresenter(from, end, format), clipPresenter(to, beginning, format)];
  return {
    kind: 'seam',
    frames: rhythm.fadeFrames,
    from: new ScenePictures(from, fromFrames, format).shot(end),
    to: new ScenePictures(to, toFrames, format).shot(beginning),
    transition: transitionBetween(from, to),
    ...(before && after ? { presenters: { from: before, to: after } } : {}),
  };
}

const PATHS: readonly string[] = ['picturePath', 'presenterPath'] satisfies ('picturePath' | keyof ClipPresenter)[];

/**
 * The clip's cache key: SHA-256 over everything that determines its bytes. Paths are left out; the pictures' own hashes
 * represent them. `encoder` is FFmpeg's version: clips of different builds are never joined.
 */
export function clipKey(clip: Clip, format: FilmFormat, encoder: string): string {
  const captions =
    clip.kind === 'body' && clip.cues.length > 0 ? { language: format.language, look: format.captionLook } : null;
  const everything = {
    version: CLIP_VERSION,
    encoder,
    size: format.size,
    rate: format.rhythm.frameRate,
    captions,
    clip,
  };
  const text = JSON.stringify(everything, (name, value: unknown) => (PATHS.includes(name) ? undefined : value));
  return createHash('sha256').update(text).digest('hex');
}

/** A scene's pictures, the frames that show only this scene, and whether the film ends with it. */
interface WholeScene {
  readonly pictures: ScenePictures;
  readonly shown: FrameRange;
  readonly isLast: boolean;
}

function wholeScene(scene: SceneMedia, position: ScenePosition, format: FilmFormat): WholeScene {
  const frames = sceneFrames(scene.narrationSeconds, position, format.rhythm);
  return {
    pictures: new ScenePictures(scene, frames, format),
    shown: bodyRange(frames, position, format.rhythm),
    isLast: position.index === position.count - 1,
  };
}

/** A part of a scene: frames of one picture, of which the first may show how it replaces the one before. */
function sceneClip(scene: SceneMedia, whole: WholeScene, range: FrameRange, format: FilmFormat): BodyClip {
  const { pictures } = whole;
  const presenter = clipPresenter(scene, range, format);
  const opening = pictures.opening(range);
  const shown = pictures.aloneAt(range.start, whole.shown);
  return {
    kind: 'body',
    frames: range.end - range.start,
    shot: pictures.shot(range),
    ...(opening === undefined ? {} : { opening }),
    ...(presenter ? { presenter } : {}),
    // Words over a face would cover it.
    overlays: presenter?.isWhole ? [] : clipOverlays(scene, { shown, isLast: whole.isLast }, range, format),
    cues: format.captionLook === null ? [] : clipCues(scene.cues, range, format),
  };
}

function clipPresenter({ presenter }: SceneMedia, range: FrameRange, format: FilmFormat): ClipPresenter | undefined {
  if (presenter === undefined) return undefined;
  const { path: presenterPath, layout, ...picture } = presenter;
  return { presenterPath, ...picture, place: presenterPlace(layout, format), isWhole: layout === 'FULL', range };
}

/** The overlays that a clip shows. Those of the last scene stay until the film's end. */
function clipOverlays(
  { overlays = [], narrationSeconds }: SceneMedia,
  { shown, isLast }: Pick<WholeScene, 'shown' | 'isLast'>,
  range: FrameRange,
  format: FilmFormat,
): readonly ClipOverlay[] {
  const { leadFrames, frameRate } = format.rhythm;
  const frameAt = (seconds: number): number => {
    const frame = leadFrames + Math.round(seconds * frameRate);
    return Math.min(shown.end, Math.max(shown.start, frame));
  };
  return overlays
    .map((overlay) => {
      const isFinal = overlay.endSeconds >= narrationSeconds;
      const start = overlay.startSeconds <= 0 ? shown.start : frameAt(overlay.startSeconds);
      const end = isFinal ? (isLast ? Math.max(shown.end, range.end) : shown.end) : frameAt(overlay.endSeconds);
      const leaves = !(isFinal && isLast);
      return { overlay, range: { start: start - range.start, end: end - range.start }, leaves };
    })
    .filter((one) => one.range.end > Math.max(0, one.range.start) && one.range.start < range.end - range.start);
}

/** Cues in frames of the clip; the part that would reach into a seam, at most some tens of milliseconds, is cut off. */
function clipCues(cues: readonly Cue[], range: FrameRange, format: FilmFormat): readonly ClipCue[] {
  const { leadFrames, frameRate } = format.rhythm;
  const narrationFrame = leadFrames - range.start;
  const frameAt = (seconds: number): number =>
    Math.min(range.end - range.start, Math.max(0, narrationFrame + Math.round(seconds * frameRate)));
  return cues
    .map((cue) => ({
      cue,
      range: { start: frameAt(cue.startSeconds), end: frameAt(cue.endSeconds) },
      narrationFrame,
    }))
    .filter((clipCue) => clipCue.range.end > clipCue.range.start);
}
