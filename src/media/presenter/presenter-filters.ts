import type { FrameSize } from '../film/film.ts';
import type { FrameRange } from '../film/film-plan.ts';
import { TO_FILM_COLOURS } from '../motion/picture-filters.ts';
import type { PresenterPlace } from './presenter-place.ts';

/** More of a picture is not cut off at the top and bottom, or at the sides, to fill the whole frame. */
const MOST_CUT_OFF = 0.3;
/** Of the height that is cut off, or left free, this share is above: faces are in the upper part of a picture. */
const ABOVE = 0.2;

/** How much smaller a blurred picture is than the frame. */
const REDUCED = 8;

/** The corner's rounding and border: shares of its side. */
const RADIUS = 0.16;
const BORDER = 0.018;
/** Of the shadow around it, and how dark it is at the border. */
const SHADOW = 0.07;
const DARKEST = 0.4;

/** The frames of a presenter that belong to a range of the scene's; the last one stays where the presenter is shorter. */
export function presenterFrames({ start, end }: FrameRange, frameRate: number): string {
  const stay = 'tpad=stop=-1:stop_mode=clone';
  return `fps=${frameRate},${stay},trim=start_frame=${start}:end_frame=${end},settb=1/${frameRate},setpts=N`;
}

/** Whether a picture can fill the place without losing too much of itself. */
export function fills(picture: FrameSize, place: FrameSize): boolean {
  const [ratio, wanted] = [picture.width / picture.height, place.width / place.height];
  return Math.min(ratio, wanted) / Math.max(ratio, wanted) >= 1 - MOST_CUT_OFF;
}

/** Crops to the shape of the place, and scales to its size. */
export function coverPlace({ width, height }: FrameSize): string {
  const crop = `crop='min(iw,ih*${width}/${height})':'min(ih,iw*${height}/${width})':(iw-ow)/2:(ih-oh)*${ABOVE}:exact=1`;
  return `${crop},${scaledTo(width, height)}`;
}

/**
 * The whole picture, as large as the place allows, and what is behind it: its edges, continued and blurred. `at` is its place: in the
 * upper part of a tall frame, where captions do not cover the mouth.
 */
export function withinPlace(picture: FrameSize, place: FrameSize) {
  const scale = Math.min(place.width / picture.width, place.height / picture.height);
  const shown = { width: even(picture.width * scale), height: even(picture.height * scale) };
  const at = { x: (place.width - shown.width) / 2, y: even((place.height - shown.height) * ABOVE) };
  // Blurred while small: it has no details. Colours have half the pixels, so that all numbers are even.
  const small = { width: even(place.width / REDUCED), height: even(place.height / REDUCED) };
  const [left, top] = [even(at.x / REDUCED), even(at.y / REDUCED)];
  const right = small.width - left - Math.min(even(shown.width / REDUCED), small.width - left);
  const bottom = small.height - top - Math.min(even(shown.height / REDUCED), small.height - top);
  const inner = scaledTo(small.width - left - right, small.height - top - bottom);
  const borders = `left=${left}:right=${right}:top=${top}:bottom=${bottom}:mode=smear`;
  const continued = `pad=${small.width}:${small.height}:${left}:${top},fillborders=${borders}`;
  const ground = `${inner},${continued},gblur=sigma=2,${scaledTo(place.width, place.height)}`;
  return { whole: scaledTo(shown.width, shown.height), ground, at };
}

function scaledTo(width: number, height: number): string {
  // Presenters are stored in the film's colours (check-presenter.ts).
  return `scale=${width}:${height}:flags=bicubic:in_color_matrix=bt709:${TO_FILM_COLOURS},setsar=1,format=yuv420p`;
}

/** The rounded mask of the corner as one picture that is repeated. */
export function cornerMask({ width, height }: FrameSize, frames: number, frameRate: number): string {
  const inside = coverage(distance({ width, height }, { width, height }, radiusOf(width)));
  return `${plain({ width, height }, frameRate)},format=gray,geq=lum='255*${inside}',${repeated(frames)}`;
}

/** The border and the shadow around the corner, as one picture that is repeated; and its place in the frame. */
export function cornerFrame(place: PresenterPlace, frames: number, frameRate: number) {
  const margin = 2 * Math.ceil((place.width * SHADOW) / 2);
  const border = Math.max(2, place.width * BORDER);
  const size = { width: place.width + 2 * margin, height: place.height + 2 * margin };
  const inner = distance(
    size,
    { width: place.width - 2 * border, height: place.height - 2 * border },
    radiusOf(place.width) - border,
  );
  const outer = distance(size, place, radiusOf(place.width));
  const shadow = `${DARKEST}*pow(1-clip(ld(1)/${margin},0,1),2)`;
  const ring = '(ld(2)-ld(3))';
  const known = `st(0,${inner})*0+st(1,${outer})*0+st(2,${coverage('ld(1)')})*0+st(3,${coverage('ld(0)')})*0`;
  const alpha = `${known}+255*clip(${ring}+(1-ld(2))*${shadow},0,1)`;
  const light = `st(1,${outer})*0+255*${coverage('ld(1)')}`;
  const drawn = `geq=r='${light}':g='${light}':b='${light}':a='${alpha}'`;
  const filters = `${plain(size, frameRate)},format=rgba,${drawn},scale=${TO_FILM_COLOURS},format=yuva420p,${repeated(frames)}`;
  return { filters, x: place.x - margin, y: place.y - margin };
}

function radiusOf(side: number): number {
  return side * RADIUS;
}

/** From a point to a rounded rectangle in the middle of a picture, in pixels; negative inside. */
function distance(picture: FrameSize, { width, height }: FrameSize, radius: number): string {
  const beyond = (at: string, whole: number, side: number) => `max(abs(${at}+0.5-${whole / 2})-${side / 2 - radius},0)`;
  return `(hypot(${beyond('X', picture.width, width)},${beyond('Y', picture.height, height)})-${radius})`;
}

/** How much of a pixel is inside: edges are smooth. */
function coverage(away: string): string {
  return `clip(0.5-${away},0,1)`;
}

function plain({ width, height }: FrameSize, frameRate: number): string {
  return `color=c=black:s=${width}x${height}:r=${frameRate}:d=${1 / frameRate}`;
}

function repeated(frames: number): string {
  return `loop=loop=${frames - 1}:size=1:start=0,setpts=N`;
}

function even(pixels: number): number {
  return 2 * Math.round(pixels / 2);
}
