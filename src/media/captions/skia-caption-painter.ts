import type { SKRSContext2D } from '@napi-rs/canvas';
import type { FontBook } from '../../drawing/font-book.ts';
import { releasePixels, skia } from '../../drawing/skia.ts';
import { AppError } from '../../errors.ts';
import type { CaptionStyle, CueWord } from '../film/film.ts';
import { BlockDrawing } from './block-drawing.ts';
import { type CaptionMetrics, captionMetrics } from './caption-area.ts';
import type { CaptionPicture, CaptionRequest, CuePainter } from './caption-painter.ts';
import { highlightSteps } from './highlight-steps.ts';
import { WordDrawing } from './word-drawing.ts';
import { type GroupLimits, groupsOf } from './word-groups.ts';

const WEIGHTS = { BLOCK: 700, WORD_HIGHLIGHT: 900 } as const;
/** Of a line without spaces, in em: about as many Chinese words as there are English ones on a line. */
const UNSPACED_EMS = 10;
/** Letters of an address, as a share of the usual size: 48 pixels in a tall frame that is 1080 pixels wide. */
const SMALLEST_NAME = 0.69;
const WORDS_PER_LINE = { BLOCK: 6, WORD_HIGHLIGHT: 4 } as const;

/** Paints captions in both styles with the bundled fonts. */
export class SkiaCaptionPainter implements CuePainter {
  readonly #fonts: FontBook;

  constructor(fonts: FontBook) {
    this.#fonts = fonts;
  }

  /** Throws INVALID_INPUT for a cue without text. */
  async paint(request: CaptionRequest): Promise<CaptionPicture[]> {
    const metrics = captionMetrics(request.size, request.look.style);
    const { width, height } = metrics.area;
    const canvas = skia().createCanvas(width, height);
    try {
      const pictures = this.#draw(request, metrics, canvas.getContext('2d'));
      if (pictures.length === 0) throw new AppError('INVALID_INPUT', 'A caption needs at least one line of text.');
      return pictures;
    } finally {
      releasePixels(canvas);
    }
  }

  #draw(request: CaptionRequest, metrics: CaptionMetrics, ctx: SKRSContext2D): CaptionPicture[] {
    const { cue, language, look } = request;
    const words = new WordDrawing(ctx, this.#fonts, metrics, language, look.highlight);
    const block = new BlockDrawing(ctx, this.#fonts, metrics, language);
    const shot = (startSeconds: number): CaptionPicture => ({ startSeconds, rgba: pixelsOf(ctx, metrics) });
    if (!metrics.grouped) {
      const lines = cue.lines.map((line) => line.trim()).filter((line) => line !== '');
      if (lines.length === 0) return [];
      block.draw(lines);
      return [shot(cue.startSeconds)];
    }
    const measure = (text: string): number => {
      this.#fonts.apply(ctx, { language, weight: WEIGHTS[look.style], size: metrics.fontSize });
      return ctx.measureText(text).width;
    };
    return groupsOf(cue.words, measure, limitsOf(metrics, look.style)).flatMap((group): CaptionPicture[] => {
      if (look.style === 'BLOCK') {
        block.draw(group.lines.map(textOf));
        return [shot(group.startSeconds)];
      }
      const draw = words.prepare(group.lines);
      return highlightSteps(group).map(({ startSeconds, word }) => {
        draw(word);
        return shot(startSeconds);
      });
    });
  }
}

function limitsOf({ area, padX, fontSize, smallestFontSize }: CaptionMetrics, style: CaptionStyle): GroupLimits {
  const width = area.width - 2 * padX;
  return {
    width,
    widest: (width * fontSize) / smallestFontSize,
    widestName: width / SMALLEST_NAME,
    unspacedWidth: UNSPACED_EMS * fontSize,
    wordsPerLine: WORDS_PER_LINE[style],
  };
}

function textOf(line: readonly CueWord[]): string {
  return line.map(({ text, spaced }, at) => (spaced && at > 0 ? ' ' : '') + text).join('');
}

function pixelsOf(ctx: SKRSContext2D, { area }: CaptionMetrics): Uint8Array {
  const { data } = ctx.getImageData(0, 0, area.width, area.height);
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}
