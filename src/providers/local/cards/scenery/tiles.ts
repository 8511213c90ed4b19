import type { SKRSContext2D } from '@napi-rs/canvas';
import type { Box } from '../../../../drawing/geometry.ts';
import type { PaintContext, Scenery } from '../card.ts';
import { isWide } from '../composition.ts';

/** Quarter, half and full circles in a grid, in the style of the Bauhaus; the grid bleeds off the card. */
export const tiles: Scenery = {
  name: 'tiles',
  motifScale: 0.5,
  motifDisc: 0.66,
  motifBackground: (scheme) => scheme.background,
  paint(context) {
    const grid = gridOf(context);
    const kinds = context.random.shuffled([0, 1, 2, 3, 4, 0, 1, 2, 0, 3, 1, 4]);
    for (let row = 0; row < grid.rows; row++) {
      for (let column = 0; column < grid.columns; column++) {
        const cell = {
          x: grid.x + column * grid.side,
          y: grid.y + row * grid.side,
          width: grid.side,
          height: grid.side,
        };
        tile(context, cell, kinds[(row * 5 + column * 3) % kinds.length] ?? 0);
      }
    }
  },
};

function gridOf({ width, height, focus }: PaintContext): Box & { side: number; rows: number; columns: number } {
  const beside = isWide({ width, height });
  if (!beside) {
    const bottom = focus.y + focus.radius;
    const side = width / 4;
    const rows = Math.ceil(bottom / side);
    return { x: 0, y: bottom - rows * side, width, height: rows * side, side, rows, columns: 4 };
  }
  const side = height / 4;
  const columns = 3;
  const x = focus.x > width / 2 ? width - columns * side : 0;
  return { x, y: 0, width: columns * side, height, side, rows: 4, columns };
}

function tile({ ctx, scheme, random }: PaintContext, cell: Box, kind: number): void {
  const [lead, second, third, quiet] = scheme.accents;
  const pairs = [
    [quiet, lead],
    [lead, second],
    [scheme.backgroundEnd, third],
    [second, quiet],
    [third, lead],
  ] as const;
  const [back, front] = random.pick(pairs);
  ctx.fillStyle = back;
  // Extended by half a pixel, so that there is no visible line between neighbours.
  ctx.fillRect(cell.x, cell.y, cell.width + 0.5, cell.height + 0.5);
  ctx.fillStyle = front;
  const turn = random.below(4);
  ctx.save();
  ctx.translate(cell.x + cell.width / 2, cell.y + cell.height / 2);
  ctx.rotate((turn * Math.PI) / 2);
  ornament(ctx, cell.width, kind);
  ctx.restore();
}

function ornament(ctx: SKRSContext2D, side: number, kind: number): void {
  const half = side / 2;
  ctx.beginPath();
  if (kind === 0) {
    ctx.moveTo(-half, -half);
    ctx.arc(-half, -half, side, 0, Math.PI / 2);
  } else if (kind === 1) {
    ctx.arc(-half, 0, half, -Math.PI / 2, Math.PI / 2);
    ctx.moveTo(0, -half);
    ctx.arc(0, 0, half, -Math.PI / 2, Math.PI / 2);
  } else if (kind === 2) ctx.arc(0, 0, half * 0.62, 0, 2 * Math.PI);
  else if (kind === 3) {
    ctx.moveTo(-half, half);
    ctx.lineTo(half, -half);
    ctx.lineTo(half, half);
  } else {
    ctx.arc(-half, -half, side, 0, Math.PI / 2);
    ctx.arc(-half, -half, side * 0.5, Math.PI / 2, 0, true);
  }
  ctx.closePath();
  ctx.fill();
}
