import type { SKRSContext2D } from '@napi-rs/canvas';
import { geoAzimuthalEqualArea, geoPath } from 'd3-geo';
import type { Pen } from '../../drawing/fit-text.ts';
import type { Circle } from '../../drawing/geometry.ts';
import { skia } from '../../drawing/skia.ts';
import { easedBoth, easedOut, type Presence, presenceAt } from '../animation.ts';
import type { Drawing } from '../drawing.ts';
import type { MapInks, MapOverlay } from '../overlay.ts';
import type { OverlayOrder } from '../overlay-track.ts';
import { drawLabel, type PlacedLabel, placeLabel } from './map-label.ts';
import { withViews } from './map-view.ts';
import type { Position, WorldMap } from './world-map.ts';

/** Seconds in which a country is filled. */
const FILL_SECONDS = 0.35;
/** The size at which a map begins to appear. */
const SMALL = 0.92;
/** Shares of the frame's shorter side. */
const RIM = 0.006;
const COAST = 0.0025;
const SHADOW = 0.012;
const DOT = 0.013;
const TINY = 0.014;

type Path = InstanceType<ReturnType<typeof skia>['Path2D']>;

interface MapState extends Presence {
  /** 0 to 1 for each location. */
  readonly filled: readonly number[];
}

interface PlacedLocation {
  /** The land around it, where that is another region than before. */
  readonly land: Path | null;
  readonly shape: Path;
  /** A city, or a country that is too small to be seen: in pixels. */
  readonly dot: readonly [number, number] | null;
  readonly label: PlacedLabel;
}

/** A round map whose countries are filled one after the other, with the name of the last one. */
export function mapDrawing(pen: Pen, overlay: MapOverlay, order: OverlayOrder, world: WorldMap): Drawing<MapState> {
  const { size, frames, leaves, frameRate } = order;
  const unit = Math.min(size.width, size.height);
  const radius = overlay.radius * unit;
  const [x, y] = [overlay.centre.x * size.width, overlay.centre.y * size.height];
  const placed = placeLocations(pen, overlay, world, { x, y, radius }, unit);
  const fillFrames = Math.round(FILL_SECONDS * frameRate);
  const around = radius + SHADOW * unit;
  return {
    box: { x: x - around, y: y - around, width: 2 * around, height: 2 * around },
    stateAt: (frame) => ({
      ...presenceAt(frame, frames.end - frames.start, leaves, frameRate),
      filled: overlay.locations.map(({ startSeconds }) => {
        const begins = Math.round((startSeconds - overlay.startSeconds) * frameRate);
        return Math.max(0, Math.min(1, (frame - begins + 1) / fillFrames));
      }),
    }),
    draw: (ctx, state) => {
      const [here, gone] = [easedOut(state.entered), easedBoth(state.left)];
      const presence = here * (1 - gone);
      const scale = SMALL + (1 - SMALL) * here;
      ctx.save();
      ctx.translate(x, y);
      ctx.scale(scale, scale);
      ctx.translate(-x, -y);
      ctx.globalAlpha = presence;
      for (const [index, one] of placed.entries()) {
        const share = easedOut(state.filled[index] ?? 1);
        // The first region is there before its country is spoken.
        if (index > 0) ctx.globalAlpha = presence * share;
        if (one.land !== null) drawEarth(ctx, { x, y, radius }, one.land, overlay.inks, unit);
        ctx.globalAlpha = presence * share;
        drawLocation(ctx, one, overlay.inks, unit);
      }
      const last = state.filled.findLastIndex((share) => share > 0);
      const shown = placed[last];
      ctx.globalAlpha = presence * easedOut(state.filled[last] ?? 0);
      if (shown !== undefined) drawLabel({ ctx, fonts: pen.fonts }, shown.label, overlay.inks);
      ctx.restore();
    },
  };
}

function placeLocations(
  pen: Pen,
  { locations, language }: MapOverlay,
  world: WorldMap,
  circle: Circle,
  unit: number,
): PlacedLocation[] {
  const { Path2D } = skia();
  return withViews(world, locations).map(({ location: { label, country, point }, view }, index, all) => {
    const { centre, angle } = view;
    // The rim of the region is a circle in this projection, and areas keep their proportions.
    const projection = geoAzimuthalEqualArea()
      .rotate([-centre[0], -centre[1]])
      .clipAngle(angle)
      .translate([circle.x, circle.y])
      .scale((circle.radius - RIM * unit) / (2 * Math.sin((angle * Math.PI) / 360)))
      .precision(0.3);
    const pathOf = geoPath(projection);
    const shape = multiPolygon(world.get(country) ?? []);
    const isNew = index === 0 || view !== all[index - 1]?.view;
    const isTiny = Math.sqrt(pathOf.area(shape)) < TINY * unit;
    return {
      land: isNew ? new Path2D(pathOf(multiPolygon([...world.values()].flat())) ?? '') : null,
      shape: new Path2D(pathOf(shape) ?? ''),
      dot: point !== null ? projection([point.longitude, point.latitude]) : isTiny ? pathOf.centroid(shape) : null,
      label: placeLabel(pen, label, language, circle, unit),
    };
  });
}

function multiPolygon(coordinates: Position[][][]): { type: 'MultiPolygon'; coordinates: Position[][][] } {
  return { type: 'MultiPolygon', coordinates };
}

function drawEarth(ctx: SKRSContext2D, { x, y, radius }: Circle, land: Path, inks: MapInks, unit: number): void {
  ctx.save();
  // Separates the map from shapes of the ground that it covers in part.
  ctx.shadowColor = '#05051066';
  ctx.shadowBlur = SHADOW * unit;
  ctx.fillStyle = inks.plate;
  disc(ctx, x, y, radius);
  ctx.restore();
  ctx.fillStyle = inks.sea;
  disc(ctx, x, y, radius - RIM * unit);
  ctx.fillStyle = inks.land;
  ctx.fill(land);
}

function drawLocation(ctx: SKRSContext2D, { shape, dot }: PlacedLocation, inks: MapInks, unit: number): void {
  ctx.fillStyle = inks.fill;
  ctx.fill(shape);
  ctx.strokeStyle = inks.sea;
  ctx.lineWidth = COAST * unit;
  ctx.stroke(shape);
  if (dot === null) return;
  ctx.fillStyle = inks.label;
  disc(ctx, dot[0], dot[1], DOT * unit * 1.5);
  ctx.fillStyle = inks.plate;
  disc(ctx, dot[0], dot[1], DOT * unit);
}

function disc(ctx: SKRSContext2D, x: number, y: number, radius: number): void {
  ctx.beginPath();
  ctx.arc(x, y, radius, 0, 2 * Math.PI);
  ctx.fill();
}
