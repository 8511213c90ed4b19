/** A colour in OKLCH: lightness 0 to 1, chroma 0 to about 0.3, hue in degrees. */
export type Oklch = readonly [lightness: number, chroma: number, hue: number];

/** As "#rrggbb". A colour outside of the sRGB gamut loses chroma, never lightness or hue. */
export function hex(colour: Oklch): string {
  const [lightness, wanted, hue] = colour;
  let chroma = wanted;
  while (chroma > 0 && !inGamut(linearRgb([lightness, chroma, hue]))) chroma -= 0.005;
  return `#${linearRgb([lightness, Math.max(0, chroma), hue])
    .map((part) => Math.round(255 * encoded(Math.min(1, Math.max(0, part)))))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** "#rrggbb" with an opacity of 0 to 1, in CSS notation. */
export function faded(colour: string, opacity: number): string {
  const alpha = Math.round(255 * Math.min(1, Math.max(0, opacity)));
  return `${colour}${alpha.toString(16).padStart(2, '0')}`;
}

/**
 * A mixture of two colours with a fraction 0 to 1 of the second; mixed in sRGB, which is even enough for similar
 * colours.
 */
export function mixed(first: string, second: string, share: number): string {
  const [from, to] = [channels(first), channels(second)];
  return `#${from
    .map((value, index) => Math.round(value + ((to[index] ?? 0) - value) * share))
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}`;
}

/** Contrast of two "#rrggbb" colours, 1 to 21 (WCAG 2.2, "contrast ratio"). */
export function contrast(first: string, second: string): number {
  const [low, high] = [luminance(first), luminance(second)].toSorted((a, b) => a - b);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = channels(colour).map((byte) => decoded(byte / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
}

/** Björn Ottosson, "A perceptual color space for image processing" (2020): OKLab to linear sRGB. */
function linearRgb([lightness, chroma, hue]: Oklch): number[] {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

function inGamut(rgb: readonly number[]): boolean {
  return rgb.every((part) => part >= -0.001 && part <= 1.001);
}

/** The sRGB transfer function (IEC 61966-2-1) and its inverse. */
function encoded(part: number): number {
  return part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055;
}

function decoded(part: number): number {
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
}
