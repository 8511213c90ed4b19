import { open } from 'node:fs/promises';
import type { Canvas, SKRSContext2D } from '@napi-rs/canvas';
import type { Pen } from '../drawing/fit-text.ts';
import type { FontBook } from '../drawing/font-book.ts';
import type { Box } from '../drawing/geometry.ts';
import { releasePixels, skia } from '../drawing/skia.ts';
import { barsDrawing } from './bars/bars-drawing.ts';
import { columnsDrawing } from './bars/columns-drawing.ts';
import { codeDrawing } from './code/code-drawing.ts';
import { discDrawing } from './disc-drawing.ts';
import type { Drawing } from './drawing.ts';
import { figureDrawing } from './figure/figure-drawing.ts';
import { mapDrawing } from './map/map-drawing.ts';
import { readWorldMap, type WorldMap } from './map/world-map.ts';
import { motifPictures } from './motif-drawing.ts';
import type { MotifOverlay } from './overlay.ts';
import type { FrameSpan, OverlayOrder, OverlayPainter, OverlayTrack } from './overlay-track.ts';
import { rowsDrawing } from './rows/rows-drawing.ts';
import { wordsDrawing } from './words/words-drawing.ts';

/** A track and its pictures, each of which is drawn when it is asked for. */
export interface DrawnTrack {
  readonly track: OverlayTrack;
  readonly pictures: Iterable<Uint8ClampedArray>;
}

/**
 * Draws overlays with Skia, as raw pixels: encoding them would take longer than drawing. It writes the file itself, so that a
 * thread need not hand over megabytes.
 */
export class SkiaOverlayPainter implements OverlayPainter {
  readonly #fonts: FontBook;
  /** Read with the first map: most films have none. */
  #world: WorldMap | null = null;

  constructor(fonts: FontBook) {
    this.#fonts = fonts;
  }

  async paint(order: OverlayOrder, path: string): Promise<OverlayTrack | null> {
    const drawn = this.draw(order);
    if (drawn === null) return null;
    const file = await open(path, 'w');
    try {
      // One by one: all pictures of a number that counts up would take 30 MB.
      for (const picture of drawn.pictures) await file.writeFile(picture);
    } finally {
      await file.close();
    }
    return drawn.track;
  }

  /** The track and its pictures; null if nothing is visible. */
  draw(order: OverlayOrder): DrawnTrack | null {
    const frames = visibleFrames(order);
    if (frames === null) return null;
    const { overlay } = order;
    const probe = skia().createCanvas(1, 1);
    const pen: Pen = { ctx: probe.getContext('2d'), fonts: this.#fonts };
    switch (overlay.kind) {
      case 'words':
        return this.#sequence(wordsDrawing(pen, overlay, order), order, frames);
      case 'figure':
        return this.#sequence(figureDrawing(pen, overlay, order), order, frames);
      case 'bars':
        return this.#sequence(
          overlay.form === 'columns' ? columnsDrawing(pen, overlay, order) : barsDrawing(pen, overlay, order),
          order,
          frames,
        );
      case 'rows':
        return this.#sequence(rowsDrawing(pen, overlay, order), order, frames);
      case 'code':
        return this.#sequence(codeDrawing(pen, overlay, order), order, frames);
      case 'map':
        this.#world ??= readWorldMap();
        return this.#sequence(mapDrawing(pen, overlay, order, this.#world), order, frames);
      case 'disc':
        return this.#sequence(discDrawing(overlay, order), order, frames);
      case 'motif':
        return this.#drift(pen, overlay, order, frames);
      default:
        return overlay satisfies never;
    }
  }

  /** A picture for each state that differs from the one before. */
  #sequence<State>(drawing: Drawing<State>, order: OverlayOrder, frames: FrameSpan): DrawnTrack | null {
    const place = drawing.box === null ? null : evenInside(drawing.box, order.size);
    if (place === null) return null;
    const begins: number[] = [];
    const states: State[] = [];
    let last = '';
    for (let frame = frames.start; frame < frames.end; frame += 1) {
      const state = drawing.stateAt(frame - order.frames.start);
      const key = JSON.stringify(state);
      if (key === last) continue;
      last = key;
      begins.push(frame);
      states.push(state);
    }
    const pictures = drawPictures(
      place,
      states.map((state) => (ctx) => drawing.draw(ctx, state)),
    );
    return { track: { ...place, frames, play: { kind: 'sequence', begins } }, pictures };
  }

  #drift(pen: Pen, overlay: MotifOverlay, order: OverlayOrder, frames: FrameSpan): DrawnTrack | null {
    const motif = motifPictures(pen, overlay, order);
    const place = motif === null ? null : evenInside(motif.box, order.size);
    if (motif === null || place === null) return null;
    const { steps, axis, step, fadeFrames } = motif;
    // Drawn once, then moved as a picture: letters can only be placed at quarters of a pixel.
    const sprite = skia().createCanvas(place.width, place.height);
    const spriteContext = sprite.getContext('2d');
    spriteContext.translate(-place.x, -place.y);
    motif.draw({ ctx: spriteContext, fonts: pen.fonts });
    const pictures = drawPictures(
      place,
      Array.from({ length: steps }, (_, index) => (ctx: SKRSContext2D) => {
        const shift = (step * index) / steps;
        ctx.drawImage(sprite, place.x + (axis === 'x' ? shift : 0), place.y + (axis === 'y' ? shift : 0));
      }),
      sprite,
    );
    const length = order.frames.end - order.frames.start;
    const play = {
      kind: 'drift',
      pictures: steps,
      axis,
      step,
      before: frames.start - order.frames.start,
      fadeFrames,
      fadeOutAt: order.leaves ? length - fadeFrames : null,
    } as const;
    return { track: { ...place, frames, play }, pictures };
  }
}

function visibleFrames({ frames, clipFrames }: OverlayOrder): FrameSpan | null {
  const start = Math.max(0, frames.start);
  const end = Math.min(clipFrames, frames.end);
  return start < end ? { start, end } : null;
}

/** The smallest place with even numbers around a box, cut at the frame's edges; null if nothing is left. */
function evenInside(box: Box, size: { readonly width: number; readonly height: number }): Box | null {
  const x = Math.max(0, 2 * Math.floor(box.x / 2));
  const y = Math.max(0, 2 * Math.floor(box.y / 2));
  const right = Math.min(size.width, 2 * Math.ceil((box.x + box.width) / 2));
  const bottom = Math.min(size.height, 2 * Math.ceil((box.y + box.height) / 2));
  return right > x && bottom > y ? { x, y, width: right - x, height: bottom - y } : null;
}

/** The pictures one after the other, all drawn on one canvas; then the `sprite` that they are drawn from is released. */
function* drawPictures(
  { x, y, width, height }: Box,
  pictures: readonly ((ctx: SKRSContext2D) => void)[],
  sprite?: Canvas,
): Generator<Uint8ClampedArray> {
  const canvas = skia().createCanvas(width, height);
  const ctx = canvas.getContext('2d');
  try {
    for (const draw of pictures) {
      ctx.clearRect(0, 0, width, height);
      ctx.save();
      ctx.translate(-x, -y);
      draw(ctx);
      ctx.restore();
      yield ctx.getImageData(0, 0, width, height).data;
    }
  } finally {
    releasePixels(canvas);
    if (sprite !== undefined) releasePixels(sprite);
  }
}
