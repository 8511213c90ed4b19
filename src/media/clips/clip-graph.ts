import type { CaptionPicture } from '../captions/caption-painter.ts';
import type { FilmFormat } from '../film/film.ts';
import { keyFilters, moveFilters, stillFilters } from '../motion/motion.ts';
import { TO_FILM_COLOURS } from '../motion/picture-filters.ts';
import type { Clip, ClipCue, Shot } from './clip.ts';
import { COLOUR_FILTER } from './encoder.ts';

/** A painted cue in a file. */
export interface PaintedCue {
  readonly picture: CaptionPicture;
  readonly path: string;
  readonly cue: ClipCue;
}

/** Collects the inputs and filter chains of the FFmpeg run that renders one clip. */
export class ClipGraph {
  readonly #format: FilmFormat;
  readonly #inputs: string[] = [];
  readonly #chains: string[] = [];
  #labels = 0;

  constructor(format: FilmFormat) {
    this.#format = format;
  }

  /** Adds a clip and returns the label of its finished frames. */
  add(clip: Clip, painted: readonly PaintedCue[]): string {
    const picture =
      clip.kind === 'body' ? this.#captioned(this.#shot(clip.shot), painted) : this.#fade(clip.from, clip.to);
    return this.#chain(`${picture}${COLOUR_FILTER}`);
  }

  /** The arguments before the outputs. */
  arguments(): readonly string[] {
    const inputs = this.#inputs.flatMap((path) => ['-r', String(this.#format.rhythm.frameRate), '-i', `file:${path}`]);
    return ['-filter_complex_threads', '1', ...inputs, '-filter_complex', this.#chains.join(';')];
  }

  #shot({ picturePath, motion, range }: Shot): string {
    const { size, rhythm } = this.#format;
    const stills = `${this.#input(picturePath)}${stillFilters(motion, size)}`;
    const keys = keyFilters(motion, range, size);
    const inputs = keys.length === 0 ? this.#chain(stills) : this.#keyFrames(stills, keys);
    return this.#chain(`${inputs}${moveFilters(motion, range, size, rhythm.frameRate)}`);
  }

  /** The labels of the key frames, which are all drawn from the same stills. */
  #keyFrames(stills: string, keys: readonly string[]): string {
    const copies = keys.map(() => this.#label());
    this.#chains.push(`${stills},split=${copies.length}${copies.join('')}`);
    return keys.map((key, at) => this.#chain(`${copies[at]}${key}`)).join('');
  }

  #fade(from: Shot, to: Shot): string {
    const under = this.#shot(from);
    // xfade only supports 4:4:4: converting to it and back costs twenty times as much as this, and blurs the colours.
    const over = this.#chain(
      `${this.#shot(to)}format=yuva420p,fade=in:nb_frames=${this.#format.rhythm.fadeFrames}:alpha=1`,
    );
    return this.#chain(`${under}${over}overlay=format=yuv420`);
  }

  #captioned(picture: string, painted: readonly PaintedCue[]): string {
    return painted.reduce((under, { picture: strip, path, cue }) => {
      // Without this conversion, overlay would use the matrix of standard definition and shift the captions' colours.
      const over = this.#chain(`${this.#input(path)}scale=${TO_FILM_COLOURS},format=yuva420p`);
      const shown = `enable='between(n,${cue.range.start},${cue.range.end - 1})'`;
      return this.#chain(`${under}${over}overlay=x=${strip.x}:y=${strip.y}:format=yuv420:${shown}`);
    }, picture);
  }

  #input(path: string): string {
    this.#inputs.push(path);
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
