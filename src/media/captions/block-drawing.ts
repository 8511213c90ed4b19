import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FontBook } from '../../drawing/font-book.ts';
import type { CaptionMetrics } from './caption-area.ts';
import { PLATE } from './plate.ts';
import { directionOf } from './word-order.ts';

const INK = '#ffffff';

/** White lines on a dark translucent plate as small as the text allows, at the bottom of the area. Wide lines become smaller. */
export class BlockDrawing {
  readonly #ctx: SKRSContext2D;
  readonly #fonts: FontBook;
  readonly #metrics: CaptionMetrics;
  readonly #language: string;

  constructor(ctx: SKRSContext2D, fonts: FontBook, metrics: CaptionMetrics, language: string) {
    this.#ctx = ctx;
    this.#fonts = fonts;
    this.#metrics = metrics;
    this.#language = language;
  }

  draw(lines: readonly string[]): void {
    const { area, padX, padY, lineStep, fontSize } = this.#metrics;
    const room = area.width - 2 * padX;
    const fitted = fontSize * Math.min(1, room / this.#widest(lines, fontSize));
    const width = Math.min(area.width, this.#widest(lines, fitted) + 2 * padX);
    const height = lines.length * lineStep + 2 * padY;
    const top = area.height - height;
    this.#ctx.clearRect(0, 0, area.width, area.height);
    this.#ctx.fillStyle = PLATE.colour;
    this.#ctx.beginPath();
    this.#ctx.roundRect((area.width - width) / 2, top, width, height, fontSize * PLATE.radius);
    this.#ctx.fill();
    this.#write(lines, fitted, top + padY);
  }

  /** Width of the longest line: the larger of its advance and its ink bounds. */
  #widest(lines: readonly string[], size: number): number {
    this.#apply(size);
    return Math.max(
      1,
      ...lines.map((line) => {
        const ink = this.#ctx.measureText(line);
        return Math.max(ink.width, ink.actualBoundingBoxLeft + ink.actualBoundingBoxRight);
      }),
    );
  }

  #write(lines: readonly string[], size: number, top: number): void {
    const ctx = this.#ctx;
    const { area, lineStep } = this.#metrics;
    this.#apply(size);
    ctx.save();
    ctx.textAlign = 'center';
    ctx.fillStyle = INK;
    ctx.shadowColor = 'rgba(0, 0, 0, 0.6)';
    ctx.shadowBlur = size * 0.12;
    ctx.shadowOffsetY = size * 0.04;
    for (const [index, line] of lines.entries()) {
      ctx.direction = directionOf(line);
      // A baseline 0.36 em below the middle makes a line of capitals, or of Chinese, look centred.
      ctx.fillText(line, area.width / 2, top + (index + 0.5) * lineStep + size * 0.36);
    }
    ctx.restore();
  }

  #apply(size: number): void {
    this.#fonts.apply(this.#ctx, { language: this.#language, weight: 700, size });
  }
}
