import type { Ground } from '../../overlays/ground.ts';
import type { OverlayTrack } from '../../overlays/overlay-track.ts';
import type { FilmFormat } from '../film/film.ts';
import { keyFilters, moveFilters, stillFilters } from '../motion/motion.ts';
import { TO_FILM_COLOURS } from '../motion/picture-filters.ts';
import {
  cornerFrame,
  cornerMask,
  coverPlace,
  fills,
  presenterFrames,
  withinPlace,
} from '../presenter/presenter-filters.ts';
import type { BodyClip, Clip, ClipPresenter, SeamClip } from './clip.ts';
import { COLOUR_FILTER } from './encoder.ts';
import type { Opening, Shot } from './scene-pictures.ts';
import { driftFilters, driftPlace, sequenceFilters, shownDuring } from './track-filters.ts';
import { transitionFilters } from './transition.ts';

/** The pictures of an overlay, or of a clip's captions, in a file. */
export interface WrittenTrack {
  readonly track: OverlayTrack;
  /** The file of its pixels. */
  readonly path: string;
}

/** Collects the inputs and filter chains of the FFmpeg run that renders one clip. */
export class ClipGraph {
  readonly #format: FilmFormat;
  readonly #grounds: ReadonlyMap<Ground, string>;
  /** The arguments of each input. */
  readonly #inputs: (readonly string[])[] = [];
  readonly #chains: string[] = [];
  #labels = 0;

  /** `grounds` has the files of the grounds that are in the clips. */
  constructor(format: FilmFormat, grounds: ReadonlyMap<Ground, string> = new Map()) {
    this.#format = format;
    this.#grounds = grounds;
  }

  /** Adds a clip and returns the label of its finished frames. `tracks` lie over its picture, from below to above. */
  add(clip: Clip, tracks: readonly WrittenTrack[] = []): string {
    const picture = clip.kind === 'body' ? this.#overlaid(this.#scene(clip), tracks) : this.#seam(clip);
    return this.#chain(`${picture}${COLOUR_FILTER}`);
  }

  #scene(clip: BodyClip): string {
    const { presenter, frames } = clip;
    if (presenter === undefined) return this.#pictures(clip);
    const shown = this.#presenter(presenter);
    return presenter.isWhole ? shown : this.#cornered(this.#pictures(clip), shown, presenter, frames);
  }

  /** The moving picture, to which that of the clip before gives way in the first frames. */
  #pictures({ shot, opening, frames }: BodyClip): string {
    if (opening === undefined) return this.#shot(shot);
    if (opening.frames === frames) return this.#transition(opening, this.#shot(shot));
    const [beginning, rest] = [this.#label(), this.#label()];
    this.#chains.push(`${this.#shot(shot)}split=2${beginning}${rest}`);
    const { frameRate } = this.#format.rhythm;
    const first = this.#chain(`${beginning}trim=end_frame=${opening.frames}`);
    const changing = this.#transition(opening, first);
    const later = this.#chain(`${rest}trim=start_frame=${opening.frames},setpts=N`);
    return this.#chain(`${changing}${later}concat=n=2,settb=1/${frameRate},setpts=N`);
  }

  #seam(clip: SeamClip): string {
    const { presenters, frames } = clip;
    const changing = (): string => this.#transition(clip, this.#shot(clip.to));
    if (presenters === undefined) return changing();
    const { from, to } = presenters;
    const { size, rhythm } = this.#format;
    const frame = { size, frames, frameRate: rhythm.frameRate, chain: (filters: string) => this.#chain(filters) };
    const shown = this.#chain(transitionFilters({ kind: 'fade' }, this.#presenter(from), this.#presenter(to), frame));
    return from.isWhole ? shown : this.#cornered(changing(), shown, from, frames);
  }

  /** The presenter at the size of its place. */
  #presenter(presenter: ClipPresenter): string {
    const { presenterPath, place, isWhole, range } = presenter;
    this.#inputs.push(['-i', `file:${presenterPath}`]);
    const frames = `[${this.#inputs.length - 1}:v]${presenterFrames(range, this.#format.rhythm.frameRate)}`;
    if (!isWhole || fills(presenter, place)) return this.#chain(`${frames},${coverPlace(place)}`);
    const [whole, ground] = [this.#label(), this.#label()];
    this.#chains.push(`${frames},split=2${whole}${ground}`);
    const filters = withinPlace(presenter, place);
    const over = `${this.#chain(`${ground}${filters.ground}`)}${this.#chain(`${whole}${filters.whole}`)}`;
    return this.#chain(`${over}overlay=${filters.at.x}:${filters.at.y}:format=yuv420`);
  }

  /** The presenter over a picture, with round corners, a border and a shadow. */
  #cornered(picture: string, shown: string, { place }: ClipPresenter, frames: number): string {
    const { frameRate } = this.#format.rhythm;
    const mask = this.#chain(cornerMask(place, frames, frameRate));
    const rounded = this.#chain(`${shown}${mask}alphamerge,format=yuva420p`);
    const over = this.#chain(`${picture}${rounded}overlay=${place.x}:${place.y}:format=yuv420`);
    const { filters, x, y } = cornerFrame(place, frames, frameRate);
    return this.#chain(`${over}${this.#chain(filters)}overlay=${x}:${y}:format=yuv420`);
  }

  /** The arguments before the outputs. */
  arguments(): readonly string[] {
    return ['-filter_complex_threads', '1', ...this.#inputs.flat(), '-filter_complex', this.#chains.join(';')];
  }

  #shot(shot: Shot): string {
    const { motion, range } = shot;
    const { size, rhythm } = this.#format;
    const stills = `${this.#input(this.#pathOf(shot))}${stillFilters(motion, size)}`;
    const keys = keyFilters(motion, range, size);
    const inputs = keys.length === 0 ? this.#chain(stills) : this.#keyFrames(stills, keys);
    return this.#chain(`${inputs}${moveFilters(motion, range, size, rhythm.frameRate)}`);
  }

  #pathOf(shot: Shot): string {
    const path = 'ground' in shot ? this.#grounds.get(shot.ground) : shot.picturePath;
    if (path === undefined) throw new Error('A ground of the clip has not been drawn.');
    return path;
  }

  /** The labels of the key frames, which are all drawn from the same stills. */
  #keyFrames(stills: string, keys: readonly string[]): string {
    const copies = keys.map(() => this.#label());
    this.#chains.push(`${stills},split=${copies.length}${copies.join('')}`);
    return keys.map((key, at) => this.#chain(`${copies[at]}${key}`)).join('');
  }

  /** `to` is the label of the next picture's frames. */
  #transition({ from, transition, frames }: Opening, to: string): string {
    const { size, rhythm } = this.#format;
    const chain = (filters: string): string => this.#chain(filters);
    const frame = { size, frames, frameRate: rhythm.frameRate, chain };
    return this.#chain(transitionFilters(transition, this.#shot(from), to, frame));
  }

  #overlaid(picture: string, tracks: readonly WrittenTrack[]): string {
    return tracks.reduce((under, { track, path }) => {
      const { x, y, width, height, frames, play } = track;
      // FFmpeg reads up to 8 pictures of an input ahead, of about a megabyte each.
      const raw = ['-thread_queue_size', '1', '-f', 'rawvideo', '-pixel_format', 'rgba'];
      raw.push('-video_size', `${width}x${height}`);
      const { frameRate } = this.#format.rhythm;
      const timed = play.kind === 'sequence' ? sequenceFilters(play) : driftFilters(play, frames);
      // Without this conversion, overlay would use the matrix of standard definition and shift the colours.
      const over = this.#chain(
        `${this.#input(path, raw)}scale=${TO_FILM_COLOURS},format=yuva420p,settb=1/${frameRate},${timed}`,
      );
      const place = play.kind === 'sequence' ? `x=${x}:y=${y}` : driftPlace(play, { x, y }, frames, frameRate);
      const shown = shownDuring(frames, frameRate);
      return this.#chain(`${under}${over}overlay=${place}:format=yuv420:${shown}`);
    }, picture);
  }

  #input(path: string, format: readonly string[] = []): string {
    this.#inputs.push([...format, '-r', String(this.#format.rhythm.frameRate), '-i', `file:${path}`]);
    return `[${this.#inputs.length - 1}:v]`;
  }

  #chain(filters: string): string {
    const label = this.#label();
    this.#chains.push(`${filters}${label}`);
    return label;
  }

  #label(): string {
    return `[c${this.#labels++}]`;
  }
}
