import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FontBook } from '../../drawing/font-book.ts';
import type { CueWord } from '../film/film.ts';
import type { CaptionMetrics } from './caption-area.ts';
import { directionOf, visualOrder } from './word-order.ts';

const INK = '#ffffff';
const DARK = '#0a0c14';
/** Distances in em. The outline is this wide outside of the letters. */
const OUTLINE = 0.09;
const PILL = { above: 0.57, below: 0.57, side: 0.13, sideUnspaced: 0.05, radius: 0.2, border: 0.05 } as const;
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

/** Large white words with a dark outline; the spoken one in dark letters on a filled pill. */
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

  /** Draws the lines, and returns a function that draws them again with a mark on one of their words, or without. */
  draw(lines: readonly (readonly CueWord[])[]): (spoken: CueWord | null) => void {
    const { area, padX, fontSize } = this.#metrics;
    const widest = Math.max(1, ...lines.map((line) => this.#lineWidth(line, fontSize)));
    const size = fontSize * Math.min(1, (area.width - 2 * padX) / widest);
    const placed = lines.flatMap((line, at) => this.#place(line, lines.length - 1 - at, size));
    this.#ctx.clearRect(0, 0, area.width, area.height);
    this.#drawPlain(placed, size);
    // The outlines take most of the time, so they are drawn once.
    const plain = this.#ctx.getImageData(0, 0, area.width, area.height);
    return (spoken) => {
      this.#ctx.putImageData(plain, 0, 0);
      for (const word of placed) if (word.word === spoken) this.#mark(word, placed, size);
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

  #drawPlain(placed: readonly PlacedWord[], size: number): void {
    const ctx = this.#ctx;
    ctx.save();
    ctx.lineJoin = 'round';
    ctx.lineWidth = 2 * OUTLINE * size;
    ctx.strokeStyle = DARK;
    ctx.shadowColor = 'rgba(0, 0, 0, 0.5)';
    ctx.shadowBlur = size * 0.14;
    ctx.shadowOffsetY = size * 0.05;
    ctx.textAlign = 'left';
    for (const { word, x, baseline, direction } of placed) {
      ctx.direction = direction;
      ctx.strokeText(word.text, x, baseline);
    }
    ctx.restore();
    for (const word of placed) this.#write(word, INK);
  }

  #write({ word, x, baseline, direction }: PlacedWord, colour: string): void {
    this.#ctx.textAlign = 'left';
    this.#ctx.direction = direction;
    this.#ctx.fillStyle = colour;
    this.#ctx.fillText(word.text, x, baseline);
  }

  #mark(spoken: PlacedWord, placed: readonly PlacedWord[], size: number): void {
    const { word, x, width, baseline } = spoken;
    const side = size * (word.spaced ? PILL.side : PILL.sideUnspaced);
    // Stacked marks, as in Thai, reach out of the usual height.
    const ink = this.#ctx.measureText(word.text);
    const top = baseline - Math.max((MIDDLE + PILL.above) * size, ink.actualBoundingBoxAscent + OUTLINE * size);
    const bottom = baseline + Math.max((PILL.below - MIDDLE) * size, ink.actualBoundingBoxDescent + OUTLINE * size);
    this.#ctx.fillStyle = this.#highlight;
    // The ground may have the colour of the pill: both are of the video's palette.
    this.#ctx.strokeStyle = DARK;
    this.#ctx.lineWidth = 2 * PILL.border * size;
    this.#ctx.beginPath();
    this.#ctx.roundRect(x - side, top, width + 2 * side, bottom - top, PILL.radius * size);
    this.#ctx.stroke();
    this.#ctx.fill();
    // Without spaces the pill touches the outlines of its neighbours, which then are drawn over it.
    const touched = placed.filter(
      (one) =>
        one !== spoken &&
        one.baseline === baseline &&
        one.x - OUTLINE * size < x + width + side &&
        one.x + one.width + OUTLINE * size > x - side,
    );
    this.#drawPlain(touched, size);
    this.#write(spoken, DARK);
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
