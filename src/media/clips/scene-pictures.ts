import type { Ground } from '../../overlays/ground.ts';
import type { FilmFormat, SceneMedia } from '../film/film.ts';
import type { FrameRange } from '../film/film-plan.ts';
import { type Motion, motionOf } from '../motion/motion.ts';
import { type Transition, transitionTo } from './transition.ts';

/** A range of frames of one moving picture. */
export type Shot = PictureSource & {
  readonly motion: Motion;
  /** Counted from the first frame that shows the picture. */
  readonly range: FrameRange;
};

/** A file, or what is to be drawn. */
type PictureSource = { readonly picturePath: string; readonly pictureHash: string } | { readonly ground: Ground };

/** How the picture before gives way to a clip's own in its first frames. */
export interface Opening {
  readonly from: Shot;
  readonly transition: Transition;
  readonly frames: number;
}

/** One of a scene's pictures. */
interface TimedPicture {
  readonly source: PictureSource;
  readonly motionSeed: string;
  /** Frames of the scene: it begins to replace the one before at the first, and to be replaced after the last. */
  readonly range: FrameRange;
  /** Frames of the scene that show it, transitions included. */
  readonly frames: number;
  /** Null for the first. */
  readonly transition: Transition | null;
}

/**
 * How much of a transition is after the moment at which a ground begins, which is also that of its first words: most of it is
 * in the pause before them.
 */
const AFTER_FRAMES = 2;

/** The moving pictures of one scene: the first, and in a long scene the grounds that follow it. */
export class ScenePictures {
  readonly #pictures: readonly [TimedPicture, ...TimedPicture[]];
  readonly #format: FilmFormat;

  /** `frames` is the scene's own length. */
  constructor(scene: SceneMedia, frames: number, format: FilmFormat) {
    const { rhythm } = format;
    this.#format = format;
    // A presenter in place of the pictures hides them.
    const grounds = scene.presenter?.layout === 'FULL' ? [] : (scene.grounds ?? []);
    const starts = grounds.map(
      ({ startSeconds }) =>
        rhythm.leadFrames + Math.round(startSeconds * rhythm.frameRate) - rhythm.fadeFrames + AFTER_FRAMES,
    );
    const timeOf = (index: number) => {
      const [start, next] = [starts[index - 1] ?? 0, starts[index]];
      const end = next ?? frames;
      return { range: { start, end }, frames: (next === undefined ? frames : next + rhythm.fadeFrames) - start };
    };
    const { picturePath, pictureHash, id } = scene;
    this.#pictures = [
      { source: { picturePath, pictureHash }, motionSeed: id, ...timeOf(0), transition: null },
      ...grounds.map((later, index): TimedPicture => {
        const number = index + 1;
        const transition = transitionTo(later, id, number);
        return { source: { ground: later.ground }, motionSeed: `${id}/${number}`, ...timeOf(number), transition };
      }),
    ];
  }

  /** The frames of a scene, parted where a picture begins to replace another one. */
  parted({ start, end }: FrameRange): FrameRange[] {
    const parts = this.#pictures.map(({ range }, index) => ({
      start: index === 0 ? start : range.start,
      end: index === this.#pictures.length - 1 ? end : range.end,
    }));
    return parts;
  }

  /** A range of frames of the scene, all of which belong to one picture. */
  shot({ start, end }: FrameRange): Shot {
    const { source, motionSeed, range, frames } = this.#at(start);
    const own = { start: start - range.start, end: end - range.start };
    return { ...source, motion: motionOf(motionSeed, frames, this.#format.size), range: own };
  }

  /** The transition with which a range of frames begins; undefined if it begins later, or with the scene. */
  opening({ start }: FrameRange): Opening | undefined {
    const index = this.#pictures.indexOf(this.#at(start));
    const [before, own] = [this.#pictures[index - 1], this.#pictures[index]];
    if (before === undefined || own === undefined || own.transition === null || own.range.start !== start)
      return undefined;
    const frames = this.#format.rhythm.fadeFrames;
    const { source, motionSeed } = before;
    const range = { start: start - before.range.start, end: start - before.range.start + frames };
    const from = { ...source, motion: motionOf(motionSeed, before.frames, this.#format.size), range };
    return { from, transition: own.transition, frames };
  }

  /** Those of the frames of a scene in which the picture of a frame is the only one. */
  aloneAt(frame: number, { start, end }: FrameRange): FrameRange {
    const { range, transition } = this.#at(frame);
    return {
      start: transition === null ? start : range.start + this.#format.rhythm.fadeFrames,
      end: range.end < end ? range.end : end,
    };
  }

  #at(frame: number): TimedPicture {
    return this.#pictures.findLast(({ range }) => range.start <= frame) ?? this.#pictures[0];
  }
}
