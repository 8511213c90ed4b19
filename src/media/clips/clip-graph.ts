import type { CaptionPicture } from '../captions/caption-painter.ts';
import type { FilmFormat } from '../film/film.ts';
import { keyFilters, moveFilters, stillFilters } from '../motion/motion.ts';
import { TO_FILM_COLOURS } from '../motion/picture-filters.ts';
import type { Clip, ClipCue, Shot } from './clip.ts';
import { COLOUR_FILTER } from './encoder.ts';

/** A painted cue, lying in a file. */
export interface PaintedCue {
  readonly picture: CaptionPicture;
  readonly path: string;
  readonly cue: ClipCue;
}

/** A chain and the labels at which its frames are wanted. */
interface SharedChain {
  readonly chain: string;
  readonly wanted: string[];
}

/**
 * Collects the inputs and filter chains of one FFmpeg run that makes one or more clips. Starting FFmpeg costs a tenth of
 * a second of processor time, as much as five encoded frames, and reading a picture nearly as much: neighbours are
 * therefore made in one run, and what several of them show of one picture is read and drawn once.
 */
export class ClipGraph {
  readonly #format: FilmFormat;
  readonly #inputs: string[] = [];
  readonly #chains: string[] = [];
  /** Chains whose frames several clips may want, by all that makes these frames. */
  readonly #shared = new Map<string, SharedChain>();
  #labels = 0;

  constructor(format: FilmFormat) {
    this.#format = format;
  }

  /** Adds a clip and gives the label of its finished frames. */
  add(clip: Clip, painted: readonly PaintedCue[]): string {
    const picture =
      clip.kind === 'body' ? this.#captioned(this.#shot(clip.shot), painted) : this.#fade(clip.from, clip.to);
    return this.#chain(`${picture}${COLOUR_FILTER}`);
  }

  /** The arguments that stand before the outputs. */
  arguments(): readonly string[] {
    const inputs = this.#inputs.flatMap((path) => ['-r', String(this.#format.rhythm.frameRate), '-i', `file:${path}`]);
    return [
      '-filter_complex_threads',
      '1',
      ...inputs,
      '-filter_complex',
      [...this.#sharedChains(), ...this.#chains].join(';'),
    ];
  }

  #sharedChains(): string[] {
    return [...this.#shared.values()].map(({ chain, wanted }) =>
      wanted.length === 1 ? `${chain}${wanted[0]}` : `${chain},split=${wanted.length}${wanted.join('')}`,
    );
  }

  #shot({ picturePath, motion, range }: Shot): string {
    const { size, rhythm } = this.#format;
    const stills = `${this.#picture(picturePath)}${stillFilters(motion, size)}`;
    const readStills = (): string => this.#share(stills, () => stills);
    const keys = keyFilters(motion, range, size).map((key) =>
      this.#share(`${stills},${key}`, () => `${readStills()}${key}`),
    );
    const inputs = keys.length === 0 ? readStills() : keys.join('');
    return this.#chain(`${inputs}${moveFilters(motion, range, size, rhythm.frameRate)}`);
  }

  /** A label for frames of a chain that stands in the graph once, however often it is asked for. */
  #share(id: string, chainOf: () => string): string {
    const label = `[s${this.#labels++}]`;
    const shared = this.#shared.get(id);
    if (shared === undefined) this.#shared.set(id, { chain: chainOf(), wanted: [label] });
    else shared.wanted.push(label);
    return label;
  }

  #fade(from: Shot, to: Shot): string {
    const under = this.#shot(from);
    // xfade knows 4:4:4 only: converting there and back costs twenty times as much as this, and blurs the colours.
    const over = this.#chain(
      `${this.#shot(to)}format=yuva420p,fade=in:nb_frames=${this.#format.rhythm.fadeFrames}:alpha=1`,
    );
    return this.#chain(`${under}${over}overlay=format=yuv420`);
  }

  #captioned(picture: string, painted: readonly PaintedCue[]): string {
    return painted.reduce((under, { picture: strip, path, cue }) => {
      // Without this conversion overlay would pick the matrix of standard definition and shift the captions' colours.
      const over = this.#chain(`${this.#input(path)}scale=${TO_FILM_COLOURS},format=yuva420p`);
      const shown = `enable='between(n,${cue.range.start},${cue.range.end - 1})'`;
      return this.#chain(`${under}${over}overlay=x=${strip.x}:y=${strip.y}:format=yuv420:${shown}`);
    }, picture);
  }

  #picture(path: string): string {
    const at = this.#inputs.indexOf(path);
    return at < 0 ? this.#input(path) : `[${at}:v]`;
  }

  #input(path: string): string {
    this.#inputs.push(path);
    return `[${this.#inputs.length - 1}:v]`;
  }

  #chain(filters: string): string {
    const label = `[c${this.#labels++}]`;
    this.#chains.push(`${filters}${label}`);
    return label;
  }
}
