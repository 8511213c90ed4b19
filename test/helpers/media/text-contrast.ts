/** A picture of letters: rows of red, green, blue and alpha, not premultiplied. */
export interface Letters {
  readonly rgba: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Red, green and blue of a pixel, 0 to 255. */
export type Rgb = readonly [number, number, number];
export type Ground = (x: number, y: number) => Rgb;

/**
 * The contrast (WCAG 2.2, 1 to 21) of letters with what is directly around them, when the picture lies over a ground. Letters are the
 * opaque pixels of the given colour; around them are the pixels two to `reach` pixels away, of which the twentieth part that contrasts
 * least with the letters is left out: corners and thin strokes have mixed pixels around them.
 */
export function letterContrast(picture: Letters, colour: Rgb, ground: Ground, reach: number): number {
  const { width, height } = picture;
  const isLetter = new Uint8Array(width * height);
  for (let at = 0; at < isLetter.length; at += 1) isLetter[at] = matches(picture.rgba, at * 4, colour) ? 1 : 0;
  const around: number[] = [];
  const letters: number[] = [];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const distance = distanceToLetter(isLetter, x, y, width, height, reach);
      if (distance === 0) letters.push(luminanceAt(picture, ground, x, y));
      else if (distance > 1.5 && distance <= reach) around.push(luminanceAt(picture, ground, x, y));
    }
  if (letters.length === 0) throw new Error('There are no letters of this colour.');
  const letter = quantile(letters, 0.5);
  const isLight = letter > 0.4;
  return ratio(letter, quantile(around, isLight ? 0.95 : 0.05));
}

function matches(rgba: Uint8Array, at: number, [red, green, blue]: Rgb): boolean {
  const far = (index: number, value: number) => Math.abs((rgba[at + index] ?? 0) - value) > 12;
  return (rgba[at + 3] ?? 0) >= 250 && !far(0, red) && !far(1, green) && !far(2, blue);
}

/** Larger than `reach` where there is none so near. */
function distanceToLetter(
  isLetter: Uint8Array,
  x: number,
  y: number,
  width: number,
  height: number,
  reach: number,
): number {
  if (isLetter[y * width + x] === 1) return 0;
  let nearest = Number.POSITIVE_INFINITY;
  const far = Math.ceil(reach);
  for (let dy = -far; dy <= far; dy += 1)
    for (let dx = -far; dx <= far; dx += 1) {
      const [column, row] = [x + dx, y + dy];
      if (column < 0 || row < 0 || column >= width || row >= height) continue;
      if (isLetter[row * width + column] === 1) nearest = Math.min(nearest, Math.hypot(dx, dy));
    }
  return nearest;
}

function luminanceAt({ rgba, width }: Letters, ground: Ground, x: number, y: number): number {
  const at = (y * width + x) * 4;
  const alpha = (rgba[at + 3] ?? 0) / 255;
  const [red = 0, green = 0, blue = 0] = ground(x, y).map((under, index) =>
    decoded((under * (1 - alpha) + (rgba[at + index] ?? 0) * alpha) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The sRGB transfer function (IEC 61966-2-1). */
function decoded(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
