import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FontBook, TextStyle } from '../../drawing/font-book.ts';
import { releasePixels, skia } from '../../drawing/skia.ts';
import { AppError } from '../../errors.ts';
import type { Cue, FrameSize } from '../film/film.ts';
import type { CaptionPainter, CaptionPicture } from './caption-painter.ts';

/** Sizes of captions for one frame size; pixels. */
interface CaptionLook {
  readonly fontSize: number;
  readonly lineStep: number;
  readonly padX: number;
  readonly padY: number;
  readonly bottom: number;
  readonly maxWidth: number;
}

/** Share of the frame's width that a caption may take. */
const WIDEST = 0.9;
/** A full line of 42 characters is about this many em wide in Noto Sans Bold; 21 Chinese characters are 21. */
const LINE_EMS = 23.5;
const PAD_X_EMS = 0.6;
const PLATE = 'rgba(10, 12, 20, 0.72)';

/**
 * Pixels from the bottom edge to the top of a two-line caption: pictures keep their important content above it. Even.
 */
export function captionSafeHeight(size: FrameSize): number {
  const look = lookFor(size);
  return evenUp(look.bottom + evenUp(2 * look.lineStep + 2 * look.padY));
}

/** Paints captions: white on a dark translucent plate as small as the text allows, legible on any picture. */
export class SkiaCaptionPainter implements CaptionPainter {
  readonly #fonts: FontBook;

  constructor(fonts: FontBook) {
    this.#fonts = fonts;
  }

  /** Shrinks lines that are too wide for the frame. Throws INVALID_INPUT for a cue without text. */
  async paint(cue: Cue, size: FrameSize, language: string): Promise<CaptionPicture> {
    const lines = cue.lines.map((line) => line.trim()).filter((line) => line !== '');
    if (lines.length === 0) throw new AppError('INVALID_INPUT', 'A caption needs at least one line of text.');
    const look = this.#fitted(lines, lookFor(size), language);
    const textWidth = this.#widest(lines, look.fontSize, language);
    const width = evenUp(Math.min(textWidth + 2 * look.padX, look.maxWidth));
    const height = evenUp(lines.length * look.lineStep + 2 * look.padY);
    const canvas = skia().createCanvas(width, height);
    const ctx = canvas.getContext('2d');
    paintPlate(ctx, width, height, look);
    this.#write(ctx, lines, look, width, language);
    const png = await canvas.encode('png').finally(() => releasePixels(canvas));
    return { png, width, height, ...placeOf(size, width, height, look) };
  }

  #fitted(lines: readonly string[], look: CaptionLook, language: string): CaptionLook {
    const maxWidthPixels = look.maxWidth - 2 * look.padX;
    const share = Math.min(1, maxWidthPixels / this.#widest(lines, look.fontSize, language));
    return { ...look, fontSize: look.fontSize * share };
  }

  /** Width of the longest line: the larger of its advance and its ink bounds. */
  #widest(lines: readonly string[], fontSize: number, language: string): number {
    const ctx = skia().createCanvas(1, 1).getContext('2d');
    this.#fonts.apply(ctx, styleOf(fontSize, language));
    return Math.max(
      1,
      ...lines.map((line) => {
        const ink = ctx.measureText(line);
        return Math.max(ink.width, ink.actualBoundingBoxLeft + ink.actualBoundingBoxRight);
      }),
    );
  }

  #write(ctx: SKRSContext2D, lines: readonly string[], look: CaptionLook, width: number, language: string): void {
    this.#fonts.apply(ctx, styleOf(look.fontSize, language));
    ctx.textAlign = 'center';
    ctx.fillStyle = '#ffffff';
    ctx.shadowColor = 'rgba(0, 0, 0, 0.6)';
    ctx.shadowBlur = look.fontSize * 0.12;
    ctx.shadowOffsetY = look.fontSize * 0.04;
    for (const [index, line] of lines.entries()) {
      ctx.direction = readsRightToLeft(line) ? 'rtl' : 'ltr';
      // A baseline 0.36 em below the middle makes a line of capitals, or of Chinese, look centred.
      ctx.fillText(line, width / 2, look.padY + (index + 0.5) * look.lineStep + look.fontSize * 0.36);
    }
  }
}

function lookFor({ width, height }: FrameSize): CaptionLook {
  const tall = height > width;
  const maxWidth = 2 * Math.floor((width * WIDEST) / 2);
  const fontSize = Math.max(8, Math.min(height * 0.05, maxWidth / (LINE_EMS + 2 * PAD_X_EMS)));
  return {
    fontSize,
    lineStep: fontSize * 1.32,
    padX: fontSize * PAD_X_EMS,
    padY: fontSize * 0.28,
    // Phones show buttons and a description over the lower fifth of a tall video.
    bottom: height * (tall ? 0.2 : 0.06),
    maxWidth,
  };
}

function placeOf(size: FrameSize, width: number, height: number, look: CaptionLook): { x: number; y: number } {
  const x = 2 * Math.floor((size.width - width) / 4);
  const y = 2 * Math.floor((size.height - look.bottom - height) / 2);
  return { x: Math.max(0, x), y: Math.max(0, y) };
}

function paintPlate(ctx: SKRSContext2D, width: number, height: number, look: CaptionLook): void {
  ctx.fillStyle = PLATE;
  ctx.beginPath();
  ctx.roundRect(0, 0, width, height, look.fontSize * 0.32);
  ctx.fill();
}

function styleOf(size: number, language: string): TextStyle {
  return { language, weight: 700, size };
}

/** The first letter with a strong direction decides (Unicode Bidirectional Algorithm, rule P2). */
function readsRightToLeft(line: string): boolean {
  const character = /\p{L}/u.exec(line)?.[0] ?? '';
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(character);
}

function evenUp(pixels: number): number {
  return 2 * Math.ceil(pixels / 2 - 1e-9);
}
