import type { CanvasGradient, SKRSContext2D } from '@napi-rs/canvas';
import { faded, mixed } from './colour.ts';
import type { Circle } from './geometry.ts';

/** Any fill of a shape. */
export type Fill = string | CanvasGradient;

export function disc(ctx: SKRSContext2D, { x, y, radius }: Circle, fill: Fill): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fillStyle = fill;
  ctx.fill();
}

export function ring(ctx: SKRSContext2D, { x, y, radius }: Circle, stroke: Fill, lineWidth: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.lineWidth = lineWidth;
  ctx.strokeStyle = stroke;
  ctx.stroke();
}

/** A gradient with light from the upper left, which makes a flat disc look round. */
export function lit(ctx: SKRSContext2D, { x, y, radius }: Circle, colour: string): CanvasGradient {
  const light = ctx.createRadialGradient(x - radius * 0.4, y - radius * 0.5, radius * 0.1, x, y, radius * 1.05);
  light.addColorStop(0, mixed(colour, '#ffffff', 0.28));
  light.addColorStop(0.55, colour);
  light.addColorStop(1, mixed(colour, '#000022', 0.22));
  return light;
}

/** A shadow on the ground below a round shape. A gradient, because blurring costs ten times as much. */
export function softShadow(ctx: SKRSContext2D, { x, y, radius }: Circle, opacity: number): void {
  const dark = ctx.createRadialGradient(x, y, radius * 0.4, x, y, radius);
  dark.addColorStop(0, faded('#050510', opacity));
  dark.addColorStop(0.6, faded('#050510', opacity * 0.45));
  dark.addColorStop(1, faded('#050510', 0));
  disc(ctx, { x, y, radius }, dark);
}

/** A glow that fades to transparent. */
export function glow(ctx: SKRSContext2D, { x, y, radius }: Circle, colour: string, opacity: number): void {
  const light = ctx.createRadialGradient(x, y, 0, x, y, radius);
  light.addColorStop(0, faded(colour, opacity));
  light.addColorStop(0.5, faded(colour, opacity * 0.38));
  light.addColorStop(1, faded(colour, 0));
  disc(ctx, { x, y, radius }, light);
}

/** Deviations of a pebble's outline from a circle: a fraction of the radius for each corner. */
export function pebbleCorners(
  random: { between(from: number, to: number): number },
  corners: number,
  roughness: number,
): number[] {
  return Array.from({ length: corners }, () => 1 + random.between(-roughness, roughness));
}

/**
 * A smooth closed outline through corners around a centre: quadratic curves from the middle of each side to the next.
 */
export function pebblePath(
  ctx: SKRSContext2D,
  { x, y, radius }: Circle,
  corners: readonly number[],
  turn: number,
): void {
  const points = corners.map((share, index) => {
    const angle = turn + (index / corners.length) * 2 * Math.PI;
    return { x: x + Math.cos(angle) * radius * share, y: y + Math.sin(angle) * radius * share };
  });
  ctx.beginPath();
  for (const [index, point] of points.entries()) {
    const next = points[(index + 1) % points.length] ?? point;
    const after = points[(index + 2) % points.length] ?? next;
    if (index === 0) ctx.moveTo((point.x + next.x) / 2, (point.y + next.y) / 2);
    ctx.quadraticCurveTo(next.x, next.y, (next.x + after.x) / 2, (next.y + after.y) / 2);
  }
  ctx.closePath();
}

export interface Ridge {
  readonly base: number;
  readonly swing: number;
  readonly waves: number;
  readonly phase: number;
}

/** The area below a wavy line, across the whole width; the sum of two sines looks more natural than one. */
export function ridgePath(ctx: SKRSContext2D, width: number, height: number, ridge: Ridge): void {
  ctx.beginPath();
  ctx.moveTo(0, height);
  for (let step = 0; step <= 96; step++) {
    const along = step / 96;
    const angle = along * ridge.waves * 2 * Math.PI + ridge.phase;
    ctx.lineTo(
      along * width,
      ridge.base + ridge.swing * (Math.sin(angle) * 0.7 + Math.sin(angle * 1.73 + ridge.phase) * 0.3),
    );
  }
  ctx.lineTo(width, height);
  ctx.closePath();
}
