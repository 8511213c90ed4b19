/** A picture of letters: rows of red, green, blue and alpha, not premultiplied. */
export interface Letters {
  readonly rgba: Uint8Array;
  readonly width: number;
  readonly height: number;
}

/** Red, green and blue of a pixel, 0 to 255. */
export type Rgb = readonly [number, number, number];
export type Ground = (x: number, y: number) => Rgb;

/** The pixels of letters and of what is directly around them, as indexes of pixels of the picture. */
export interface Outlined {
  readonly picture: Letters;
  readonly letters: readonly number[];
  readonly around: readonly number[];
}

/** Letters are the opaque pixels of the given colour; around them are the pixels two to `reach` pixels away. */
export function outlined(picture: Letters, colour: Rgb, reach: number): Outlined {
  const { width, height } = picture;
  const isLetter = new Uint8Array(width * height);
  for (let at = 0; at < isLetter.length; at += 1) isLetter[at] = matches(picture.rgba, at * 4, colour) ? 1 : 0;
  const around: number[] = [];
  const letters: number[] = [];
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const distance = distanceToLetter(isLetter, x, y, width, height, reach);
      if (distance === 0) letters.push(y * width + x);
      else if (distance > 1.5 && distance <= reach) around.push(y * width + x);
    }
  if (letters.length === 0) throw new Error('There are no letters of this colour.');
  return { picture, letters, around };
}

/**
 * The contrast (WCAG 2.2, 1 to 21) of letters with what is directly around them, when the picture lies over a ground. Of
 * the pixels around them, the twentieth part that contrasts least with the letters is left out: corners and thin strokes
 * have mixed pixels around them.
 */
export function letterContrast({ picture, letters, around }: Outlined, ground: Ground): number {
  const luminances = (pixels: readonly number[]) =>
    Float64Array.from(pixels, (pixel) => luminanceAt(picture, ground, pixel));
  const letter = quantile(luminances(letters), 0.5);
  const isLight = letter > 0.4;
  return ratio(letter, quantile(luminances(around), isLight ? 0.95 : 0.05));
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

function luminanceAt({ rgba, width }: Letters, ground: Ground, pixel: number): number {
  const at = pixel * 4;
  const alpha = (rgba[at + 3] ?? 0) / 255;
  const [red, green, blue] = ground(pixel % width, Math.floor(pixel / width));
  const over = (under: number, index: number) => under * (1 - alpha) + (rgba[at + index] ?? 0) * alpha;
  return luminance(over(red, 0), over(green, 1), over(blue, 2));
}

/** The relative luminance (WCAG 2.2, 0 to 1) of a colour of which each part is 0 to 255. */
export function luminance(red: number, green: number, blue: number): number {
  return 0.2126 * decoded(red / 255) + 0.7152 * decoded(green / 255) + 0.0722 * decoded(blue / 255);
}

/** The luminance of "#rrggbb". */
export function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  return luminance(red, green, blue);
}

/** The sRGB transfer function (IEC 61966-2-1). */
function decoded(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}

/** The contrast of two luminances (WCAG 2.2, 1 to 21). */
export function ratio(one: number, other: number): number {
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function quantile(values: Float64Array, share: number): number {
  const sorted = values.toSorted();
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
}
