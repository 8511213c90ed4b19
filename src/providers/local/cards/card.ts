import type { SKRSContext2D } from '@napi-rs/canvas';
import type { ColourScheme, Composition } from '../../../overlays/ground.ts';
import type { Random } from './random.ts';

/** Drawing context and parameters of a scenery. */
export interface PaintContext extends Composition {
  readonly ctx: SKRSContext2D;
  readonly width: number;
  readonly height: number;
  /** The shorter side: the unit of all sizes. */
  readonly unit: number;
  readonly scheme: ColourScheme;
  readonly random: Random;
}

/** One way of filling a card with shapes, after the background is painted. The picture is complete without a motif. */
export interface Scenery {
  readonly name: string;
  /** Radius of a motif in the focus, as a fraction of the focus radius. */
  readonly motifScale: number;
  /**
   * Radius of the disc that lies between the picture and a motif, as a fraction of the focus radius; left out if the
   * picture has a plain shape there itself.
   */
  readonly motifDisc?: number;
  /** The colour behind a motif. */
  motifBackground(scheme: ColourScheme): string;
  /** Set if the shapes fill the whole bottom of a wide frame: the fraction of the height where they begin. */
  readonly floor?: number;
  paint(context: PaintContext): void;
}
