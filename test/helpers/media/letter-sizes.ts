import { createCanvas } from '@napi-rs/canvas';
import { FontBook } from '../../../src/drawing/font-book.ts';
import { layOutBars } from '../../../src/overlays/bars/bars-drawing.ts';
import { layOutColumns } from '../../../src/overlays/bars/columns-drawing.ts';
import { layOutFigure } from '../../../src/overlays/figure/figure-layout.ts';
import { inPixels } from '../../../src/overlays/in-pixels.ts';
import type { BarsOverlay, FigureOverlay, Overlay, RowsOverlay, WordsOverlay } from '../../../src/overlays/overlay.ts';
import { layOutRows } from '../../../src/overlays/rows/rows-layout.ts';
import { layOutWords } from '../../../src/overlays/words/words-layout.ts';

/** A text of a card and the size of its letters, as a share of the frame's shorter side. */
export interface LetterSize {
  readonly kind: string;
  readonly share: number;
  readonly text: string;
}

interface Frame {
  readonly width: number;
  readonly height: number;
}

const pen = { ctx: createCanvas(1, 1).getContext('2d'), fonts: new FontBook() };

/** The letters of each text of an overlay; none for pictures and code. */
export function letterSizesOf(overlay: Overlay, frame: Frame): LetterSize[] {
  switch (overlay.kind) {
    case 'words':
      return sizesOfWords(overlay, frame);
    case 'rows':
      return sizesOfRows(overlay, frame);
    case 'figure':
      return sizesOfFigure(overlay, frame);
    case 'bars':
      return sizesOfBars(overlay, frame);
    default:
      return [];
  }
}

function sizesOfWords({ words, place, mark }: WordsOverlay, frame: Frame): LetterSize[] {
  const name = place.isSmall === true ? 'sentence below' : (mark ?? 'headline');
  return layOutWords(pen, words, inPixels(place, frame), unitOf(frame)).map(({ role, style, lines }) => ({
    kind: role === 'headline' ? name : 'line below a headline',
    share: style.size / unitOf(frame),
    text: lines.map(({ text }) => text).join(' / '),
  }));
}

function sizesOfRows(overlay: RowsOverlay, frame: Frame): LetterSize[] {
  const { rows, size } = layOutRows(pen, overlay, inPixels(overlay.place, frame), unitOf(frame));
  const text = rows.map(({ lines }) => lines.map((line) => line.text).join(' / ')).join(' | ');
  const isDated = overlay.rows.some(({ label }) => label !== undefined);
  return [{ kind: isDated ? 'timeline' : 'list', share: size / unitOf(frame), text }];
}

function sizesOfFigure(overlay: FigureOverlay, frame: Frame): LetterSize[] {
  const { lead, digits, unit } = layOutFigure(pen, overlay, inPixels(overlay.place, frame), unitOf(frame));
  const parts = [
    { kind: 'number', part: digits },
    { kind: 'unit of a number', part: unit },
    { kind: 'line above a number', part: lead },
  ];
  return parts.flatMap(({ kind, part }) =>
    part === null ? [] : [{ kind, share: part.style.size / unitOf(frame), text: `${part.text} (${digits.text})` }],
  );
}

function sizesOfBars(overlay: BarsOverlay, frame: Frame): LetterSize[] {
  const { form, bars, place } = overlay;
  const pixels = inPixels(place, frame);
  const size =
    form === 'columns'
      ? layOutColumns(pen, overlay, pixels.box, unitOf(frame)).amount.size
      : (layOutBars(pen, overlay, pixels, unitOf(frame))[0]?.amount.size ?? 0);
  const text = bars.map(({ label, amount }) => `${label} ${amount}`).join(' | ');
  return [{ kind: form === 'columns' ? 'columns' : 'bars', share: size / unitOf(frame), text }];
}

function unitOf({ width, height }: Frame): number {
  return Math.min(width, height);
}
