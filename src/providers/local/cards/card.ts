import type { SKRSContext2D } from '@napi-rs/canvas';
import type { ColourScheme } from './palettes.ts';
import type { Random } from './random.ts';

/** Pixels, from the top left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Circle {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Where things stand on one card. */
export interface Composition {
  /** Nothing is written outside. */
  readonly words: Box;
  readonly align: 'left' | 'center';
  readonly anchor: 'top' | 'middle' | 'bottom';
  /** The weight of the picture; a motif sits in it. */
  readonly focus: Circle;
}

/** What a scenery paints on. */
export interface PaintContext extends Composition {
  readonly ctx: SKRSContext2D;
  readonly width: number;
  readonly height: number;
  /** The shorter side: the measure of everything. */
  readonly unit: number;
  readonly scheme: ColourScheme;
  readonly random: Random;
  /** True where a motif will be set into the focus: keep it free. */
  readonly hasMotif: boolean;
}

/** One way of filling a card with shapes; the ground is painted already. */
export interface Scenery {
  readonly name: string;
  /** Radius of a motif in the focus, as a share of the focus radius. */
  readonly motifScale: number;
  /** The colour that a motif sits on. */
  motifBackground(scheme: ColourScheme): string;
  /** Set where the shapes run along the whole bottom of a wide frame: the share of the height where they begin. */
  readonly floor?: number;
  paint(context: PaintContext): void;
}
