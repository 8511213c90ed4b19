import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FontBook } from '../../drawing/font-book.ts';
import type { CueWord } from '../film/film.ts';
import type { CaptionMetrics } from './caption-area.ts';
import { PLATE } from './plate.ts';
import { directionOf, visualOrder } from './word-order.ts';

const INK = '#ffffff';
const DARK = '#0a0c14';
/** Distances in em. `sideUnspaced` is for a word beside others without a space, `inside` for marks that reach out of the usual height. */
const PILL = { above: 0.54, below: 0.54, side: 0.12, sideUnspaced: 0.02, radius: 0.2, inside: 0.05 } as const;
/** The middle of a line is this far above its baseline, so that capitals, and Chinese characters, look centred. */
const MIDDLE = 0.36;

interface PlacedWord {
  readonly word: CueWord;
  /** Left edge, width and baseline in the area. */
  readonly x: number;
  readonly width: number;
  readonly baseline: number;
  readonly direction: 'ltr' | 'rtl';
}

/**
 * Large white words on a dark translucent plate, as the lines of a BLOCK; the spoken one in dark letters on a filled pill. Letters
 * with an outline and no plate look frayed on light pictures.
 */
export class WordDrawing {
  readonly #ctx: SKRSContext2D;
  readonly #fonts: FontBook;
  readonly #metrics: CaptionMetrics;
  readonly #language: string;
  readonly #highlight: string;

  constructor(ctx: SKRSContext2D, fonts: FontBook, metrics: CaptionMetrics, language: string, highlight: string) {
    this.#ctx = ctx;
    this.#fonts = fonts;
    this.#metrics = metrics;
    this.#language = language;
    this.#highlight = highlight;
  }

  /** Returns a function that draws the lines with a mark on one of their words, or without. */
  prepare(lines: readonly (readonly CueWord[])[]): (spoken: CueWord | null) => void {
    const { area, padX, fontSize } = this.#metrics;
    const widest = Math.max(1, ...lines.map((line) => this.#lineWidth(line, fontSize)));
    const size = fontSize * Math.min(1, (area.width - 2 * padX) / widest);
    const placed = lines.flatMap((line, at) => this.#place(line, lines.length - 1 - at, size));
    return (spoken) => {
      this.#ctx.clearRect(0, 0, area.width, area.height);
      this.#drawPlate(lines.length, placed);
      for (const word of placed) if (word.word === spoken) this.#drawPill(word, size);
      for (const word of placed) this.#write(word, word.word === spoken ? DARK : INK);
    };
  }

  #lineWidth(line: readonly CueWord[], size: number): number {
    this.#apply(size);
    return line.reduce((sum, word, at) => sum + this.#advance(word.text) + (at > 0 ? this.#gapBefore(word) : 0), 0);
  }

  /** `fromBottom`: 0 is the last line. */
  #place(line: readonly CueWord[], fromBottom: number, size: number): PlacedWord[] {
    const { area, padY, lineStep } = this.#metrics;
    const texts = line.map((word) => word.text);
    const direction = directionOf(texts.join(' '));
    let x = (area.width - this.#lineWidth(line, size)) / 2;
    const middle = area.height - padY - (fromBottom + 0.5) * lineStep;
    let previous: number | undefined;
    return visualOrder(texts, direction).flatMap((at): PlacedWord[] => {
      const word = line[at];
      if (!word) return [];
      // The space between two words belongs to the later one in reading order.
      const later = line[Math.max(at, previous ?? at)];
      if (previous !== undefined && later) x += this.#gapBefore(later);
      previous = at;
      const width = this.#advance(word.text);
      const left = x;
      x += width;
      return [{ word, x: left, width, baseline: middle + size * MIDDLE, direction }];
    });
  }

  #drawPlate(lines: number, placed: readonly PlacedWord[]): void {
    const { area, padX, padY, lineStep, fontSize } = this.#metrics;
    const left = Math.min(...placed.map(({ x }) => x)) - padX;
    const right = Math.max(...placed.map(({ x, width }) => x + width)) + padX;
    const height = lines * lineStep + 2 * padY;
    this.#ctx.fillStyle = PLATE.colour;
    this.#ctx.beginPath();
    this.#ctx.roundRect(left, area.height - height, right - left, height, PLATE.radius * fontSize);
    this.#ctx.fill();
  }

  #drawPill({ word, x, width, baseline }: PlacedWord, size: number): void {
    const side = size * (word.spaced ? PILL.side : PILL.sideUnspaced);
    // Stacked marks, as in Thai, reach out of the usual height.
    const ink = this.#ctx.measureText(word.text);
    const top = baseline - Math.max((MIDDLE + PILL.above) * size, ink.actualBoundingBoxAscent + PILL.inside * size);
    const bottom = baseline + Math.max((PILL.below - MIDDLE) * size, ink.actualBoundingBoxDescent + PILL.inside * size);
    this.#ctx.fillStyle = this.#highlight;
    this.#ctx.beginPath();
    this.#ctx.roundRect(x - side, top, width + 2 * side, bottom - top, PILL.radius * size);
    this.#ctx.fill();
  }

  #write({ word, x, baseline, direction }: PlacedWord, colour: string): void {
    this.#ctx.textAlign = 'left';
    this.#ctx.direction = direction;
    this.#ctx.fillStyle = colour;
    this.#ctx.fillText(word.text, x, baseline);
  }

  #gapBefore(word: CueWord): number {
    return word.spaced ? this.#advance(' ') : 0;
  }

  #advance(text: string): number {
    return this.#ctx.measureText(text).width;
  }

  #apply(size: number): void {
    this.#fonts.apply(this.#ctx, { language: this.#language, weight: 900, size });
  }
}
